"""Messages whose channel is removed, and whether “too late” says what held them back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from oyez.channels import actions as channels
from oyez.channels.models import Channel
from oyez.deliveries import jobs
from oyez.deliveries.models import Delivery
from oyez.emergency import actions as emergency
from oyez.kit import clock
from oyez.ledger.moment import database_now
from tests.factories import BY, a_channel, a_post, the_delivery
from tests.fakes.networks import Findable, Log, fakes
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Findable) as log:
        yield log


def waiting() -> Delivery:
    a_post("Hello", at=clock.now() + timedelta(days=30))
    run_jobs()
    return the_delivery()


def ended() -> tuple[str, str]:
    return the_delivery().state, the_delivery().why


def test_what_waits_for_a_removed_channel_is_withheld_at_once() -> None:
    channels.remove(waiting().channel, by=BY)
    run_jobs()
    assert ended() == ("withheld", "Its channel, Findable, was removed.")


def test_what_may_be_there_already_becomes_a_question() -> None:
    channel = waiting().channel
    Delivery.objects.update(unsure_at=database_now())
    channels.remove(channel, by=BY)
    run_jobs()
    assert ended()[0] == "asking"


def test_what_was_planned_or_put_back_after_the_removal_is_swept_up() -> None:
    waiting()
    Channel.objects.update(state=Channel.State.RETIRED)
    jobs.sweep(0)
    assert ended()[0] == "withheld"


def test_the_messages_of_other_channels_go_on(log: Log) -> None:
    waiting()
    channels.remove(a_channel(name="Other"), by=BY)
    run_jobs()
    assert ended() == ("waiting", "")


@pytest.mark.parametrize(
    ("hold", "words"),
    [
        (lambda c: emergency.stop(None, why="Storm.", by=BY), "Sending is stopped: Storm."),
        (lambda c: channels.signed_out(c, "Dead.", by=BY), "The channel is signed out."),
    ],
)
def test_too_late_says_what_held_it_back(hold: Callable[[Channel], object], words: str) -> None:
    hold(waiting().channel)
    long_ago = database_now() - timedelta(hours=3)
    Delivery.objects.update(due_at=long_ago, not_after=long_ago + timedelta(hours=2))
    run_jobs()
    assert ended()[0] == "withheld"
    assert ended()[1].startswith(f"Too late: its time had passed before it could be sent. {words}")

"""Is the house well? What waits for a reason is no trouble; what nobody takes up is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from oyez.channels.models import Channel
from oyez.deliveries import queries
from oyez.deliveries.models import Delivery
from oyez.emergency import actions as emergency
from oyez.emergency.models import Stop
from oyez.kit import clock
from oyez.ledger.moment import database_now
from oyez.networks.contract import Unsure
from tests.factories import BY, a_post, a_worker_lives
from tests.fakes.networks import Findable, Log, fakes, raises
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Findable) as log:
        yield log


@pytest.fixture
def waiting() -> Delivery:
    """One message that waits and was due ten minutes ago, on a channel linked an hour ago."""
    a_worker_lives()
    emergency.stop(None, why="Storm", by=BY)
    a_post("Hello")
    run_jobs()
    now = database_now()
    Stop.objects.update(ended_at=now - timedelta(minutes=5))
    Channel.objects.update(linked_at=now - timedelta(hours=1))
    Delivery.objects.update(due_at=now - timedelta(minutes=10))
    return Delivery.objects.get()


def overdue() -> int:
    return next(check.count for check in queries.self_checks() if check.name == "overdue")


def test_what_nobody_takes_up_is_overdue(waiting: Delivery) -> None:
    assert (overdue(), queries.health()["well"]) == (1, False)


def a_stop() -> None:
    emergency.stop(None, why="Storm", by=BY)


def a_stop_just_over() -> None:
    Stop.objects.update(ended_at=database_now())


def a_pause() -> None:
    Channel.objects.update(next_slot_at=database_now() + timedelta(minutes=3))


def a_dead_token() -> None:
    Channel.objects.update(health=Channel.Health.SIGNED_OUT)


def a_retired_channel() -> None:
    Channel.objects.update(state=Channel.State.RETIRED)


@pytest.mark.parametrize(
    "reason", [a_stop, a_stop_just_over, a_pause, a_dead_token, a_retired_channel]
)
def test_what_waits_for_a_reason_is_not(waiting: Delivery, reason: Callable[[], object]) -> None:
    reason()
    assert (overdue(), queries.health()["well"]) == (0, True)


def test_nor_is_the_next_one_in_a_queue_that_moves(waiting: Delivery) -> None:
    run_jobs()
    after(waiting, "Another")
    assert overdue() == 0
    waiting.attempts.update(began_at=database_now() - timedelta(minutes=9))
    assert overdue() == 1


def test_nor_is_what_waits_behind_a_send(waiting: Delivery) -> None:
    run_jobs()
    after(waiting, "Another")
    waiting.attempts.update(began_at=database_now() - timedelta(minutes=9))
    Delivery.objects.filter(pk=waiting.pk).update(state="sending", remote_id="")
    assert overdue() == 0


def test_nor_are_words_whose_twin_is_in_doubt(waiting: Delivery, log: Log) -> None:
    log.trouble.append(raises(Unsure("The line broke.")))
    run_jobs()
    after(waiting, "Hello")
    waiting.attempts.update(began_at=database_now() - timedelta(minutes=9))
    assert overdue() == 0


def after(first: Delivery, text: str) -> None:
    """Another message on the same channel, due ten minutes ago too."""
    post = a_post(text, to=[first.channel], at=clock.now() + timedelta(hours=1))
    run_jobs()
    long_ago = database_now() - timedelta(minutes=10)
    Delivery.objects.filter(wording__variant__post=post).update(due_at=long_ago)

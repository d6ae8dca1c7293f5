"""What becomes of a message that was partly out when its author changed it?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import psycopg
import pytest
from django.db import connection

from oyez.decisions import actions as decisions
from oyez.deliveries import actions, jobs, moment, queries
from oyez.deliveries.models import Delivery
from oyez.kit import clock
from oyez.posts import actions as posts
from oyez.posts import queries as post_queries
from oyez.posts.models import Post
from tests.factories import BY, a_channel, a_post, decided
from tests.fakes.networks import Findable, Keyed, Log, Mute, fakes
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Findable, Keyed, Mute) as log:
        yield log


def in_an_hour() -> datetime:
    """A time on the wall: whole minutes."""
    return (clock.now() + timedelta(hours=1)).replace(second=0, microsecond=0)


def changed_and_handed_in_again(post: Post, text: str) -> Post:
    taken = posts.take_back(post, by=BY)
    saved = posts.save(taken, taken.draft.saying(text), based_on=taken.version, by=BY)
    return decisions.hand_in(saved, by=BY)


def test_what_is_there_is_not_sent_twice_and_the_message_says_so(log: Log) -> None:
    there, other = a_channel(Mute), a_channel(Keyed)  # nothing is changed there
    post = a_post("First words.", to=[there, other])
    run_jobs()
    Delivery.objects.filter(channel=other).update(state="refused", remote_id="")
    log.shown.clear()
    changed_and_handed_in_again(post, "Second words.")
    run_jobs()
    assert log.texts == ["Second words."]
    assert Delivery.objects.get(wording__version__gt=1, kind="publish").channel == other
    (stays,) = post_queries.staying(post)
    assert stays.channel == there
    assert "does not let words be changed" in stays.stays
    assert not queries.approved_without_delivery().exists()


def test_a_lost_job_heals_for_one_channel_while_another_has_an_earlier_version(log: Log) -> None:
    there, other = a_channel(Mute), a_channel(Keyed)  # nothing is changed there
    post = a_post("First words.", to=[there, other])
    run_jobs()
    Delivery.objects.filter(channel=other).update(state="refused", remote_id="")
    changed_and_handed_in_again(post, "Second words.")
    run_jobs()
    lost = Delivery.objects.get(wording__version__gt=1, kind="publish")
    lost.attempts.all().delete()
    lost.delete()  # as if the job that plans had never come
    decided(clock.now() - timedelta(minutes=5))
    assert list(queries.approved_without_delivery()) == [post]
    jobs.sweep(0)
    run_jobs()
    assert Delivery.objects.get(wording=lost.wording).state == "arrived"


def test_withholding_waits_for_nobody_who_holds_the_message() -> None:
    """A claim holds a delivery, then its message: the other way round the two would block."""
    post = a_post("Later.", at=in_an_hour())
    run_jobs()
    posts.take_back(post, by=BY)
    with psycopg.connect(moment.address()) as claim:
        claim.execute("select 1 from posts_post where id = %s for no key update", [post.pk])
        connection.cursor().execute("set lock_timeout = '5s'")
        assert actions.withhold_superseded(Post.objects.get(pk=post.pk), by=BY) > 0
        connection.cursor().execute("reset lock_timeout")


def test_what_was_handed_in_again_meanwhile_is_not_withheld(log: Log) -> None:
    post = a_post("First words.", at=in_an_hour())
    run_jobs()
    again = changed_and_handed_in_again(post, "Second words.")
    actions.plan(again, by=BY)
    run_jobs()  # the listener of the taking back comes last
    states = dict(Delivery.objects.values_list("wording__text", "state"))
    assert states == {"First words.": "withheld", "Second words.": "waiting"}


def test_what_waits_in_doubt_may_be_there(log: Log) -> None:
    post = a_post("First words.", at=in_an_hour())
    run_jobs()
    Delivery.objects.update(unsure_at=clock.now())
    again = changed_and_handed_in_again(post, "Second words.")
    actions.plan(again, by=BY)
    assert not Delivery.objects.filter(wording__text="Second words.").exists()
    assert post_queries.staying(again).exists()

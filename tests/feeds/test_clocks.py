"""The clock of one machine is wrong by a day: feeds go by the database's, and so do we all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from oyez.deliveries import queries as deliveries
from oyez.deliveries.models import Delivery
from oyez.feeds import actions
from oyez.feeds.models import Feed, Item
from oyez.kit import clock
from oyez.ledger.moment import database_now
from oyez.posts import actions as posts
from tests.factories import BY, a_channel, a_worker_lives
from tests.fakes.networks import Log
from tests.feeds.source import Source
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)
MINUTES = timedelta(minutes=10)


@pytest.fixture(params=[25, -25], ids=["ahead", "behind"], autouse=True)
def hours_off(request: pytest.FixtureRequest) -> Iterator[int]:
    """So many hours is this process ahead of the database."""
    right, off = clock._system, timedelta(hours=request.param)
    clock.set_reader(lambda: right() + off)
    yield request.param
    clock.set_reader(None)


def a_feed_with_news(source: Source) -> Feed:
    feed = actions.add(source.url, to=[a_channel()], trust="automatic", settle=MINUTES, by=BY)
    source.publish("Road closed")
    actions.poll([feed], by=BY)
    run_jobs()
    return Feed.objects.get(pk=feed.pk)


def test_an_item_settles_for_as_long_as_it_should(source: Source, log: Log) -> None:
    a_feed_with_news(source)
    item = Item.objects.get(title="Road closed")
    assert log.texts == []
    assert item.ready_at is not None
    assert timedelta(minutes=9) < item.ready_at - database_now() <= MINUTES


def test_it_goes_out_when_it_has_settled_and_is_not_called_too_old(
    source: Source, log: Log
) -> None:
    a_feed_with_news(source)
    Item.objects.filter(state=Item.State.SETTLING).update(ready_at=database_now())
    run_jobs()
    assert [text.split(" https")[0] for text in log.texts] == ["Road closed"]


def test_the_next_poll_is_as_far_away_as_it_should_be(source: Source, log: Log) -> None:
    feed = a_feed_with_news(source)
    assert feed.next_poll_at is not None
    assert timedelta(0) < feed.next_poll_at - database_now() <= 2 * feed.every


def test_at_once_is_at_once(log: Log) -> None:
    posts.write("Sorry, we are closed.", to=[a_channel()], by=BY)
    run_jobs()
    assert log.texts == ["Sorry, we are closed."]
    sent = Delivery.objects.get()
    assert abs(sent.due_at - database_now()) < timedelta(minutes=1)


def test_health_names_the_clock_and_is_well(hours_off: int) -> None:
    a_worker_lives()
    report = deliveries.health()
    way = "ahead of" if hours_off > 0 else "behind"
    assert report["well"]
    assert report["machine_clock_off_seconds"] == pytest.approx(hours_off * 3600, abs=1)
    said = "\n".join(
        deliveries.health_words({**report, "machine_clock_off_seconds": 3600.0 * hours_off})
    )
    assert f"This machine’s clock is 1 day, 1 hour {way} the database’s" in said.replace(
        "\xa0", " "
    )

"""Feeds in every state on one list, and the pages of those that need somebody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from oyez.feeds.models import Feed
from oyez.kit import clock
from tests.factories import a_channel, a_feed
from tests.journeys.house import House
from tests.journeys.walker import Walker


@pytest.fixture
def feeds(house: House) -> list[Feed]:
    town, now = a_channel(name="Mastodon @tamarshire"), clock.now()
    return [
        a_feed(to=[town], url="https://a.example/1", name="Road closures", good_at=now),
        a_feed(
            to=[town], url="https://a.example/2", name="Press office", failures=3,
            problem="There is nothing at this address (404). Check the address.",
            good_at=now - timedelta(hours=2),
        ),
        a_feed(
            to=[town], url="https://a.example/3", name="Flood warnings", good_at=now,
            last_item_at=now - timedelta(days=2), usual_gap=timedelta(hours=3),
        ),
        a_feed(to=[], url="https://a.example/4", name="Cyngor: newyddion", state="paused"),
        a_feed(
            to=[], url="https://a.example/5", name="Old library", state="ended",
            problem="The publisher took this feed down for good (410 Gone).", next_poll_at=None,
        ),
    ]  # fmt: skip


def test_feeds_in_every_state(officer: Walker, feeds: list[Feed]) -> None:
    officer.opens("/feeds").sees("Not answering", "Gone quiet", "Paused", "Ended")
    officer.photographs("feeds-list")
    for feed in feeds[1:]:
        officer.opens(f"/feeds/{feed.pk}").photographs(f"feeds-state-{feed.url[-1]}")


def test_a_reader_sees_no_buttons(reader: Walker, feeds: list[Feed]) -> None:
    reader.opens("/feeds").does_not_see("Add a feed").follows("Road closures")
    reader.does_not_see("Poll now").does_not_see("Edit the rule").photographs("feeds-reader")


def test_no_feed_at_all(officer: Walker, house: House) -> None:
    officer.opens("/feeds").sees("No feed yet").photographs("feeds-empty")

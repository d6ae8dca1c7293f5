"""Somebody adds a feed, looks at what it would send, trusts it, and watches an item go out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from oyez.feeds.models import Feed, Item
from oyez.formats.contract import Subscription
from oyez.formats.opml import write
from oyez.kit import clock
from tests.factories import a_channel
from tests.fakes.networks import Log
from tests.feeds.source import Source
from tests.feeds.warning import a_warning
from tests.journeys.house import House
from tests.journeys.sources import a_source
from tests.journeys.walker import Walker


@pytest.fixture
def source(house: House, settings: Any) -> Iterator[Source]:
    with a_source(settings) as source:
        yield source


def test_a_feed_is_tried_previewed_added_and_its_next_item_posted(
    officer: Walker, house: House, source: Source, networks: Log
) -> None:
    a_channel(name="Town")
    officer.opens("/feeds").sees("No feed yet").presses("Add a feed")
    officer.writes("Feed address", source.url).presses("Test this feed")
    officer.sees("What would be sent", "Polson Bridge").photographs("feeds-rule")
    officer.picks("Town (Findable)").writes("Words of each message", "News: {title} {link}")
    officer.presses("Show preview").sees("News: A388 closed at Polson Bridge")
    officer.photographs("feeds-preview")
    officer.picks("Automatic: post its items without asking each time")
    officer.writes("Minutes to wait before posting", "0").presses("Add this feed")
    officer.reads_the_heading("Council news").sees("Posts by itself to Town", "Sam Carter decided")
    assert networks.texts == []
    source.publish("Gritting tonight")
    officer.presses("Poll now").sees("1 item is waiting.").photographs("feeds-polled")
    house.works()
    officer.follows("Posted").sees("Posted (1)", "Gritting tonight").photographs("feeds-posted")
    assert networks.texts == ["News: Gritting tonight https://council.example/news/guid-4"]


def test_an_address_without_a_feed_is_said_and_kept(officer: Walker, source: Source) -> None:
    source.answers.append((200, {"content-type": "text/html"}, b"<!doctype html><title>Hi</title>"))
    officer.opens("/feeds/add").writes("Feed address", source.url).presses("Test this feed")
    officer.sees("There is a problem").photographs("error-feeds-add")
    assert officer.page.get_by_label("Feed address").input_value() == source.url
    officer.presses("Test this feed").reads_the_heading("What should become of its items?")


def test_a_wrong_rule_keeps_every_field(officer: Walker, source: Source) -> None:
    a_channel(name="Town")
    officer.opens("/feeds/add").writes("Feed address", source.url).presses("Test this feed")
    officer.writes("Name", "Our news").picks("Town (Findable)")
    officer.picks("Suggest: make a draft of each for somebody to send")
    officer.writes("Words of each message", "{titel}").writes("Minutes to wait", "soon")
    officer.presses("Add this feed").sees("{titel}, which is unknown")
    officer.photographs("error-feeds-rule")
    assert officer.page.get_by_label("Name").input_value() == "Our news"
    assert officer.page.get_by_label("Town (Findable)", exact=True).is_checked()
    assert officer.page.get_by_label("Minutes to wait").input_value() == "soon"


def test_an_edit_ends_the_decision_until_somebody_decides_again(
    officer: Walker, source: Source
) -> None:
    a_channel(name="Town")
    officer.opens("/feeds/add").writes("Feed address", source.url).presses("Test this feed")
    officer.picks("Town (Findable)").picks("Automatic: post its items without asking each time")
    officer.presses("Add this feed").follows("Edit the rule").photographs("feeds-change")
    officer.writes("Words of each message", "{title}").presses("Save the rule")
    officer.sees("Sam Carter changed the rule at").photographs("feeds-voided")
    officer.follows("Let it post by itself").sees("holds for exactly the rule below")
    officer.photographs("feeds-trust").presses("Let it post by itself")
    officer.sees("Posts by itself to Town")


def test_a_feed_is_paused_and_goes_on(officer: Walker, source: Source) -> None:
    officer.opens("/feeds/add").writes("Feed address", source.url).presses("Test this feed")
    officer.presses("Add this feed").presses("Pause").sees("Not while it is paused")
    officer.photographs("feeds-paused").presses("Resume").sees("goes on.")


def test_a_long_history_is_read_page_by_page(officer: Walker, house: House) -> None:
    feed = Feed.objects.create(url="https://a.example/f", name="A", added_at=clock.now())
    for number in range(45):
        title = f"Notice {number} " + "of something that takes many words to say " * (number % 3)
        Item.objects.create(
            feed=feed, identity=str(number), title=title, state="watched", arrived_at=clock.now(),
            why="The feed is only watched.", fingerprint="x",
        )  # fmt: skip
    officer.opens(f"/feeds/{feed.pk}").sees("All (45)", "Notice 44").photographs("feeds-many")
    officer.follows("Next").sees("Notice 24").does_not_see("Notice 44")


def test_a_feed_of_official_warnings(
    officer: Walker, house: House, source: Source, networks: Log
) -> None:
    a_channel(name="Town")
    exercise = a_warning(2, status="Exercise").replace("<alert ", "<alert id='2' ")
    content = "<content type='application/cap+xml'>{}</content>"
    both = (content.format(one) for one in (a_warning(1), exercise))
    carried = "".join(f"<entry><id>{n}</id>{one}</entry>" for n, one in enumerate(both))
    feed = f"<feed xmlns='http://www.w3.org/2005/Atom'><title>Rivers</title>{carried}</feed>"
    source.answers += [(200, {}, feed.encode())] * 4
    officer.opens("/feeds/add").writes("Feed address", source.url).presses("Test this feed")
    officer.picks("Town (Findable)").presses("Show preview")
    officer.sees("This address gives: Atom 1.0 with warnings (CAP).", "It is an exercise")
    officer.photographs("feeds-warnings").presses("Add this feed")
    officer.sees("Warning: Flood, Severe, Immediate, Looe.").photographs("feeds-warnings-added")


def test_bringing_feeds_from_another_reader(officer: Walker, house: House, settings: Any) -> None:
    with a_source(settings) as source:
        town, off = Subscription("Town / News", source.url), Subscription("Off", "ftp://a.example")
        officer.opens("/feeds/add").follows("Bring feeds from another reader")
        officer.photographs("feeds-bring").presses("Look at each").sees("Choose a file.")
        officer.photographs("feeds-bring-nothing")
        officer.brings("List of feeds (OPML)", "mine.opml", write("", [town, off]).encode())
        officer.presses("Look at each").sees("1 feed can come along. 1 cannot.", "RSS 2.0")
        officer.photographs("feeds-bring-looked")
        officer.presses("Bring 1 feed").sees("Brought 1 feed.", "Town / News")

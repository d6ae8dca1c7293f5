"""Does the sample feed gain an item every 20 seconds, stop, and stay what it was?"""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from django.test import Client

from oyez.feeds import actions as feeds
from oyez.feeds.models import Feed
from oyez.kit.text import mastodon_length
from oyez.practice import actions, jobs, opening, rules
from oyez.practice.notices import NOTICES
from oyez.web.feeds import words
from tests.factories import BY, a_channel, a_feed
from tests.fakes.networks import Findable, fakes


@pytest.fixture
def feed(served, time):
    """The feed's items, oldest first, as (guid, title)."""

    def read() -> list[tuple[str, str]]:
        items = ElementTree.fromstring(Client().get("/sample.xml").content).iter("item")
        return [(item.findtext("guid"), item.findtext("title")) for item in items][::-1]

    return read


def test_before_it_is_started_it_is_a_feed_without_items(feed):
    assert feed() == []


def test_an_item_comes_every_20_seconds_and_after_20_no_more(feed, time):
    actions.start_sample()
    counts = []
    for _ in range(23):
        counts.append(len(feed()))
        time.passes(seconds=20)
    assert counts == [*range(1, 22), 21, 21]


def test_an_item_stays_what_it_was(feed, time):
    actions.start_sample()
    time.passes(seconds=100)
    before = feed()
    time.passes(seconds=300)
    assert feed()[: len(before)] == before
    assert len({guid for guid, _ in feed()}) == len(feed())


def test_once_stopped_nothing_comes_and_nothing_goes(feed, time):
    actions.start_sample()
    time.passes(seconds=45)
    actions.stop_sample()
    time.passes(hours=1)
    assert len(feed()) == 3


def test_starting_it_again_changes_nothing_unless_asked(feed, time):
    first = actions.start_sample()
    time.passes(seconds=60)
    assert actions.start_sample() == first
    actions.stop_sample()
    assert actions.start_sample() == first
    assert actions.start_sample(again=True) != first
    assert len(feed()) == 1


def test_an_unchanged_feed_is_not_sent_again(served, time):
    actions.start_sample()
    client = Client()
    tag = client.get("/sample.xml")["ETag"]
    again = client.get("/sample.xml", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    time.passes(seconds=20)
    changed = client.get("/sample.xml", headers={"if-none-match": tag})
    assert (changed.status_code, changed["ETag"] == tag) == (200, False)


def test_an_item_leads_to_its_notice_only_once_it_is_out(served, time):
    run = actions.start_sample()
    assert Client().get(f"/notice/{run.pk}/4").status_code == 404
    time.passes(seconds=80)
    answer = Client().get(f"/notice/{run.pk}/4")
    assert "Have your say on next year’s budget" in answer.content.decode()


def test_there_is_a_notice_for_every_step_and_some_are_long():
    assert len(NOTICES) == rules.ITEMS + 1
    assert len({notice.title for notice in NOTICES}) == len(NOTICES)
    assert sum(mastodon_length(notice.words) > 500 for notice in NOTICES) >= 2
    assert {notice.language for notice in NOTICES} == {"en", "cy"}


def test_its_feed_says_why_it_ended_and_forgets_it_when_it_goes_on(served, time):
    with fakes(Findable):
        a_feed(to=[], url="http://127.0.0.1:8001/sample.xml")
        Feed.objects.update(problem="Nothing answers at 127.0.0.1 port 8001.", failures=3)
        jobs.end_sample_when_real(a_channel().pk)
        ended = Feed.objects.get()
        assert (ended.state, ended.problem) == ("paused", opening.REAL_NOW)
        assert "a real network is linked" in words.trouble(ended)
        assert feeds.resume(ended, by=BY).problem == ""

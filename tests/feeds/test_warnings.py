"""Official warnings in the river: out until they expire, never when they are none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from oyez.channels import outside
from oyez.deliveries.models import Delivery
from oyez.emergency import actions as emergency
from oyez.feeds import actions, queries
from oyez.feeds.models import Feed, Item
from oyez.feeds.reading import read_address
from oyez.posts import queries as posts
from tests.factories import BY, a_channel
from tests.fakes.networks import Findable, Log
from tests.feeds.conftest import Settings
from tests.feeds.warning import a_warning
from tests.jobs import run_jobs
from tests.servers.raw import Seen, Server, reply, serving

pytestmark = pytest.mark.django_db(transaction=True)


class Agency:
    """A publisher of warnings: a feed that carries them, or points to them."""

    def __init__(self) -> None:
        self.inside: list[str] = []
        self.pages: dict[str, bytes] = {}
        self.server: Server

    def answer(self, seen: Seen) -> bytes:
        if seen.path != "/feed":
            body = self.pages.get(seen.path)
            return reply(body) if body is not None else reply(status="404 Not Found")
        entries = "".join(f"<entry><id>{n}</id>{e}</entry>" for n, e in enumerate(self.inside))
        return reply(
            f'<feed xmlns="http://www.w3.org/2005/Atom"><title>W</title>{entries}</feed>'.encode()
        )

    def warns(self, warning: str) -> None:
        self.inside.append(f'<content type="application/cap+xml">{warning}</content>')

    def points_to(self, path: str) -> None:
        self.inside.append(f'<link type="application/cap+xml" href="{path}"/><title>See</title>')

    @property
    def url(self) -> str:
        return self.server.url("/feed")


@pytest.fixture
def agency(settings: Settings) -> Iterator[Agency]:
    agency = Agency()
    with serving(agency.answer) as server:
        agency.server = server
        settings.OYEZ = replace(settings.OYEZ, allow_private=(server.address,))
        outside.client.cache_clear()
        yield agency
    outside.client.cache_clear()


@pytest.fixture
def feed(agency: Agency, log: Log) -> Feed:
    """It posts by itself and at once."""
    return actions.add(
        agency.url, to=[a_channel(Findable)], by=BY, trust="automatic",
        settle=timedelta(0), flood_cap=0, template="{title}",
    )  # fmt: skip


def go_round(feed: Feed) -> None:
    feed.refresh_from_db()
    actions.poll([feed], by=BY)
    run_jobs()


def test_a_warning_goes_out_and_must_arrive_before_it_expires(
    agency: Agency, feed: Feed, log: Log
) -> None:
    agency.warns(a_warning(hours=3))
    go_round(feed)
    assert log.texts == ["Flood 1"]
    item = Item.objects.get()
    assert item.warning["severity"] == "Severe"
    assert Delivery.objects.get().not_after == item.expires_at


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"status": "Test"}, "It is a test, not a warning to people (status Test)."),
        ({"status": "Exercise"}, "It is an exercise,"),
        ({"status": "Draft"}, "It is a draft,"),
        ({"status": "System"}, "It is a message between systems,"),
        ({"status": "Odd"}, "It is something else,"),
        ({"scope": "Restricted"}, "It is not for the public (scope Restricted)."),
        ({"msgType": "Ack"}, "It is a message between warning systems (Ack)."),
    ],
)
def test_what_is_no_warning_to_people_is_left_out_with_the_reason(
    agency: Agency, feed: Feed, log: Log, facts: dict[str, str], why: str
) -> None:
    agency.warns(a_warning(**facts))
    go_round(feed)
    assert log.texts == []
    item = Item.objects.get()
    assert item.state == Item.State.SKIPPED
    assert why in item.why


def test_an_expired_warning_is_left_out(agency: Agency, feed: Feed, log: Log) -> None:
    agency.warns(a_warning(hours=-0.1))
    go_round(feed)
    assert log.texts == []
    assert Item.objects.get().why == "The warning expired before its time came."


def test_a_cancellation_says_what_it_is_and_goes_out_though_its_link_was_said(
    agency: Agency, feed: Feed, log: Log
) -> None:
    agency.warns(a_warning(1))
    go_round(feed)
    agency.warns(a_warning(2, msgType="Cancel", references="floods@rivers.example,W-1,2026"))
    go_round(feed)
    assert log.texts == ["Flood 1", "Cancelled: Flood 2"]
    later = Item.objects.get(warning__identifier="W-2")
    assert [one.title for one in queries.overtakes(later)] == ["Flood 1"]


def test_a_warning_that_was_cancelled_while_it_settled_does_not_go_out(
    agency: Agency, feed: Feed, log: Log
) -> None:
    agency.warns(a_warning(1))
    agency.warns(a_warning(2, msgType="Cancel", references="floods@rivers.example,W-1,2026"))
    go_round(feed)
    assert log.texts == ["Cancelled: Flood 2"]
    assert Item.objects.get(warning__identifier="W-1").why.startswith("A later warning took")


def test_a_test_cancels_nothing(agency: Agency, feed: Feed, log: Log) -> None:
    agency.warns(a_warning(1))
    agency.warns(a_warning(2, status="Test", msgType="Cancel", references="a@b,W-1,2026"))
    go_round(feed)
    assert log.texts == ["Flood 1"]


@pytest.mark.parametrize("kind", ["Cancel", "Update"])
def test_an_approved_warning_that_has_not_left_when_it_is_overtaken_is_withheld(
    agency: Agency, feed: Feed, log: Log, kind: str
) -> None:
    agency.warns(a_warning(1))
    emergency.stop(None, why="Storm", by=BY)
    go_round(feed)
    agency.warns(a_warning(2, msgType=kind, references="floods@rivers.example,W-1,2026"))
    go_round(feed)
    emergency.resume(None, by=BY)
    run_jobs()
    withheld = Delivery.objects.get(wording__variant__post__item__warning__identifier="W-1")
    assert withheld.state == "withheld"
    assert withheld.why.startswith("A later warning took its place before its time came: ")
    assert len(log.texts) == 1
    assert "Flood 2" in log.texts[0]


def test_a_warning_that_a_feed_points_to_is_fetched(agency: Agency, feed: Feed, log: Log) -> None:
    agency.pages["/w/1.cap"] = a_warning(1).encode()
    agency.points_to("/w/1.cap")
    agency.points_to("/w/gone.cap")
    go_round(feed)
    assert log.texts == ["Flood 1"]
    go_round(feed)
    assert log.texts == ["Flood 1"]


@pytest.mark.parametrize("body", [b"<html>", b"", a_warning(1).encode()[:-30], b"<rss><channel/>"])
def test_half_a_warning_takes_nothing_in(agency: Agency, feed: Feed, body: bytes) -> None:
    agency.warns(a_warning(2))
    agency.pages["/w/1.cap"] = body
    agency.points_to("/w/1.cap")
    go_round(feed)
    feed.refresh_from_db()
    assert feed.problem.startswith("A warning it points to")
    assert not Item.objects.exists()


def test_a_warning_that_a_feed_points_to_is_no_way_into_our_network(agency: Agency) -> None:
    agency.points_to("http://169.254.169.254/latest/")
    assert "cannot be fetched" in read_address(agency.url).problem


def test_the_preview_says_in_words_what_it_is(agency: Agency, feed: Feed) -> None:
    agency.warns(a_warning(status="Exercise"))
    first = posts.preview(agency.url, to=[a_channel(Findable, name="B")], at_most=3)[0]
    assert (first.kind, first.warns) == ("Atom 1.0 with warnings (CAP)", True)
    assert "It is an exercise" in first.why

"""Another client posts on our accounts: a real Bluesky server, and one with Mastodon’s API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db.models import F

from oyez.channels import actions as channels
from oyez.channels import outside
from oyez.channels.models import Channel
from oyez.channels.queries import network_of
from oyez.deliveries.models import Delivery
from oyez.kit import clock
from oyez.listening import actions, jobs, queries
from oyez.listening.models import Stray, Watch
from oyez.networks.bluesky import changes, wire
from oyez.networks.contract import Edits
from tests.conformance.conftest import made
from tests.conformance.members import AtBluesky, Notebook, Wired
from tests.conformance.test_networks import unique
from tests.factories import BY, a_post, the_delivery
from tests.jobs import run_jobs
from tests.servers.fixtures import PASSWORD

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.server]
CRON = timedelta(minutes=1)


def linked(name: str, request: pytest.FixtureRequest, settings: Any) -> Iterator[Any]:
    for member in made(name, request):
        allowed = (member.front.server.address,)  # type: ignore[attr-defined]
        settings.OYEZ = replace(settings.OYEZ, allow_private=allowed)
        outside.client.cache_clear()
        yield member
    outside.client.cache_clear()


@pytest.fixture(params=["mastodon", "bluesky"])
def member(request: pytest.FixtureRequest, settings: Any) -> Iterator[Wired]:
    yield from linked(request.param, request, settings)


@pytest.fixture
def channel(member: Wired) -> Channel:
    channel = channels.link(member.kind.name, member.answers, name="Town", by=BY)
    minutes_pass(1)
    return channel


def minutes_pass(count: int) -> int:
    """As the worker's clock does it; after how many minutes somebody was told, 0 for never."""
    for minute in range(1, count + 1):
        Watch.objects.update(next_at=F("next_at") - CRON)
        Stray.objects.update(seen_at=F("seen_at") - CRON)
        jobs.watch_channels(0)
        run_jobs()
        if queries.unanswered().exists():
            return minute
    return 0


def test_a_stranger_s_post_is_an_alarm_within_five_minutes(member: Wired, channel: Channel) -> None:
    member.somebody_posts(lure := unique("Free coins for all"))
    assert 1 <= minutes_pass(5) <= 3
    (stray,) = queries.unanswered()
    assert (stray.words, stray.channel) == (lure, channel)
    assert stray.url.startswith("http")
    assert clock.now() - stray.posted_at < timedelta(minutes=5)
    assert Channel.objects.get(pk=channel.pk).state == "quarantined"


def test_a_stranger_s_boost_is_one_too(member: Wired, channel: Channel) -> None:
    a_post(unique("The bridge is open."), to=[channel])
    run_jobs()
    member.somebody_boosts(the_delivery(channel).remote_id)
    assert minutes_pass(5)
    assert queries.unanswered().get().boost


def test_what_we_send_never_is(member: Wired, channel: Channel) -> None:
    for number in range(3):
        a_post(unique(f"Notice {number}"), to=[channel])
        run_jobs()
        assert minutes_pass(2) == 0
    assert not queries.strays(channel).exists()


def test_a_stranger_s_change_of_what_we_said_is_one(member: Wired, channel: Channel) -> None:
    a_post(said := unique("The bridge is open."), to=[channel])
    run_jobs()
    assert minutes_pass(4) == 0
    member.somebody_edits(the_delivery(channel).remote_id, lure := f"{said} Free coins!")
    assert 1 <= minutes_pass(5) <= 3
    stray = queries.unanswered().get()
    assert (stray.words, stray.change) == (lure, "post")
    assert Channel.objects.get(pk=channel.pk).state == "quarantined"


def test_each_further_change_is_one_more(member: Wired, channel: Channel) -> None:
    a_post(said := unique("The road is shut."), to=[channel])
    run_jobs()
    for number in (1, 2):
        member.somebody_edits(the_delivery(channel).remote_id, f"{said} {number}")
        assert minutes_pass(5)
        actions.answer(channel, ours=False, by=BY)
    assert queries.strays(channel).count() == 2


def test_a_stranger_s_words_in_our_profile_are_one(member: Wired, channel: Channel) -> None:
    member.somebody_renames(name := unique("Coins for all"))
    assert minutes_pass(5)
    stray = queries.unanswered().get()
    assert (stray.change, stray.words.startswith(name)) == ("account", True)


def test_a_change_of_a_post_from_before_us_is_one(member: Wired) -> None:
    old = member.somebody_posts(said := unique("Typed by hand, years ago"))
    channel = channels.link(member.kind.name, member.answers, name="Town", by=BY)
    assert minutes_pass(4) == 0
    member.somebody_edits(old, f"{said} coins")
    assert minutes_pass(5)
    assert queries.unanswered().get().channel == channel


class TestMastodon:
    @pytest.fixture
    def member(self, request: pytest.FixtureRequest, settings: Any) -> Iterator[Wired]:
        yield from linked("mastodon", request, settings)

    def test_a_correction_of_ours_is_none(self, member: Wired, channel: Channel) -> None:
        a_post(unique("The bridge is open."), to=[channel])
        run_jobs()
        delivery, network = the_delivery(channel), network_of(channel)
        assert isinstance(network, Edits)
        message = replace(delivery.message, text=unique("The bridge is shut."))
        receipt = network.edit(delivery.remote_id, message, Notebook("a correction"))
        Delivery.objects.filter(pk=delivery.pk).update(version=receipt.version)
        assert minutes_pass(4) == 0
        assert not queries.strays(channel).exists()


class TestBluesky:
    @pytest.fixture
    def member(self, request: pytest.FixtureRequest, settings: Any) -> Iterator[Wired]:
        yield from linked("bluesky", request, settings)

    def test_a_key_from_years_ago_hides_nothing(self, member: AtBluesky, channel: Channel) -> None:
        a_post(unique("The bridge is open."), to=[channel])
        run_jobs()
        assert minutes_pass(4) == 0
        key = wire.tid("theirs", datetime(2019, 5, 1, tzinfo=UTC))
        member.somebody_posts(lure := unique("Free coins"), key)
        assert minutes_pass(5)
        assert queries.unanswered().get().words == lure

    def test_a_link_that_leads_elsewhere_under_the_same_words_is_seen(
        self, member: AtBluesky, channel: Channel
    ) -> None:
        a_post(unique("See https://example.gov.uk/bins"), to=[channel])
        run_jobs()
        uri = the_delivery(channel).remote_id
        record = member.record(uri)
        record["facets"][0]["features"][0]["uri"] = "https://evil.example/bins"
        member.puts(uri, record)
        assert minutes_pass(5)
        assert queries.unanswered().get().change == "post"

    def test_while_nothing_is_written_one_question_is_enough(
        self, member: AtBluesky, channel: Channel
    ) -> None:
        before = len(member.front.requests)
        minutes_pass(4)
        asked = [one.path for one in member.front.requests[before:]]
        assert any("getLatestCommit" in path for path in asked)
        assert not any("getRepo" in path for path in asked)

    def test_whom_we_follow_is_nobody_s_alarm(self, member: AtBluesky, channel: Channel) -> None:
        did = member.signs_in(PASSWORD)["did"]
        like = {
            "$type": "app.bsky.graph.follow",
            "subject": did,
            "createdAt": "2026-03-01T09:30:00Z",
        }
        member.creates("app.bsky.graph.follow", like)
        assert minutes_pass(4) == 0

    def test_more_at_once_than_can_be_looked_through_is_told(
        self, member: AtBluesky, channel: Channel, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(changes, "_MOST", 1)
        for number in range(2):
            key = wire.tid(str(number), datetime(2019, 5, 1, tzinfo=UTC))
            member.somebody_posts(unique("Free coins"), key)
        assert minutes_pass(5)
        assert queries.unanswered().get().words.startswith("More was written on the account")

"""Another client posts on our accounts: a real Bluesky server, and one with Mastodon’s API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F

from oyez.channels import actions as channels
from oyez.channels import outside
from oyez.channels.models import Channel
from oyez.kit import clock
from oyez.listening import jobs, queries
from oyez.listening.models import Stray, Watch
from tests.conformance.conftest import made
from tests.conformance.members import Wired
from tests.conformance.test_networks import unique
from tests.factories import BY, a_post, the_delivery
from tests.jobs import run_jobs

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.server]
CRON = timedelta(minutes=1)


@pytest.fixture(params=["mastodon", "bluesky"])
def member(request: pytest.FixtureRequest, settings: Any) -> Iterator[Wired]:
    for member in made(request.param, request):
        allowed = (member.front.server.address,)  # type: ignore[attr-defined]
        settings.OYEZ = replace(settings.OYEZ, allow_private=allowed)
        outside.client.cache_clear()
        yield member  # type: ignore[misc]
    outside.client.cache_clear()


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

"""The main job on real servers: new items reach every channel once, in its words, links whole."""

from __future__ import annotations

import json
import secrets
import urllib.request
from datetime import timedelta
from typing import Any

import pytest

from oyez.channels.models import Channel
from oyez.deliveries import queries as deliveries
from oyez.feeds import actions as feeds
from oyez.feeds.models import Feed
from oyez.kit.text import graphemes, mastodon_length
from tests.factories import BY
from tests.feeds.source import Source
from tests.jobs import run_jobs

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.server]


@pytest.fixture
def feed(source: Source, bluesky: Channel, mastodon: Channel, our_page: Channel) -> Feed:
    source.link = f"https://council.example/{secrets.token_hex(8)}/{'x' * 80}/{{}}"
    to = [bluesky, mastodon]
    return feeds.add(source.url, to=to, trust="automatic", settle=timedelta(0), by=BY)


def test_thirty_old_items_post_nothing_and_three_new_ones_arrive_once_everywhere(
    feed: Feed, source: Source, bluesky: Channel, mastodon: Channel
) -> None:
    run_jobs()
    assert not deliveries.deliveries().exists()
    source.publish(
        "Bins 🗑️ are collected on Friday", "A long one: " + "words and words " * 60, "شكرا"
    )
    for _ in range(3):
        feeds.poll([Feed.objects.get()], by=BY)
        run_jobs()
    links = [source.link.format(f"guid-{n}") for n in (31, 32, 33)]
    for texts in (on_bluesky(bluesky), on_mastodon(mastodon), on_our_page()):
        told = [text for text in texts if any(link in text for link in links)]
        assert sorted(link for text in told for link in links if link in text) == links
    assert all(graphemes(text) <= 300 for text in on_bluesky(bluesky))
    assert all(mastodon_length(text) <= 500 for text in on_mastodon(mastodon))


def test_every_delivery_has_a_receipt_that_leads_there(feed: Feed, source: Source) -> None:
    source.publish("One")
    feeds.poll([Feed.objects.get()], by=BY)
    run_jobs()
    found = list(deliveries.deliveries())
    assert [d.state for d in found] == ["arrived"] * 3
    assert all(d.remote_id and d.url.startswith("http") for d in found)


def on_bluesky(channel: Channel) -> list[str]:
    query = f"repo={channel.facts['did']}&collection=app.bsky.feed.post&limit=100"
    page = _json(f"{channel.facts['server']}/xrpc/com.atproto.repo.listRecords?{query}")
    return [record["value"]["text"] for record in page["records"]]


def on_mastodon(channel: Channel) -> list[str]:
    server, account = channel.facts["server"], channel.facts["account_id"]
    page = _json(f"{server}/api/v1/accounts/{account}/statuses?limit=40")
    return [_json(f"{server}/api/v1/statuses/{s['id']}/source")["text"] for s in page]


def on_our_page() -> list[str]:
    return [delivery.wording.text for delivery in deliveries.published()]


def _json(url: str) -> Any:
    request = urllib.request.Request(url, headers={"Authorization": "Bearer council_token"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)

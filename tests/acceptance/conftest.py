"""The whole house with real counter-parts: a feed, the Bluesky PDS, a Mastodon-API server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytest_django import Settings

from oyez.channels import actions, outside
from oyez.channels.models import Channel
from tests.factories import BY
from tests.feeds.source import Source, serving
from tests.servers.fixtures import PASSWORD, Counterpart
from tests.servers.mastodon import TOKEN


@pytest.fixture
def source(
    settings: Settings, pds_server: Counterpart, mastodon_server: Counterpart
) -> Iterator[Source]:
    """A feed with 30 old items; it and both servers may be reached."""
    with serving(*(f"Old notice {n}" for n in range(30))) as source:
        reached = (f"127.0.0.1:{source.port}", pds_server.address, mastodon_server.address)
        settings.OYEZ = replace(settings.OYEZ, allow_private=reached, url="https://oyez.example")
        outside.client.cache_clear()
        yield source
    outside.client.cache_clear()


@pytest.fixture
def bluesky(source: Source, pds_server: Counterpart) -> Channel:
    answers = {"server": pds_server.url, "identifier": "council.test", "secret": PASSWORD}
    return actions.link("bluesky", answers, by=BY)


@pytest.fixture
def mastodon(source: Source, mastodon_server: Counterpart) -> Channel:
    answers = {"server": mastodon_server.url, "secret": TOKEN}
    return actions.link("mastodon", answers, by=BY)


@pytest.fixture
def our_page(source: Source) -> Channel:
    actions.open_our_own(by=BY)
    return Channel.objects.get(network="own_page")

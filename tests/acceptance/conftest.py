"""The whole house with real counter-parts: a feed, the Bluesky PDS, a Mastodon-API server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from django.conf import settings as django_settings
from django.db import connections
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker, Settings

from oyez.channels import actions, outside
from oyez.channels.models import Channel
from oyez.networks.bluesky import Bluesky
from oyez.networks.mastodon import Mastodon
from tests.acceptance.desk import Desk, empty_the_database, running
from tests.conformance.members import AtBluesky, AtMastodon
from tests.factories import BY
from tests.feeds.source import Source, serving
from tests.journeys.conftest import chromium
from tests.project.places import a_folder
from tests.servers.faulty import faulty
from tests.servers.fixtures import PASSWORD, Counterpart
from tests.servers.mastodon import TOKEN

__all__ = ["chromium"]


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


@pytest.fixture(scope="module")
def desk(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    chromium: Browser,
    mastodon_server: Counterpart,
    pds_server: Counterpart,
) -> Iterator[Desk]:
    """A house with a worker of its own, two real channels and practice; for a whole module."""
    with (
        django_db_blocker.unblock(),
        faulty(mastodon_server.port) as one,
        faulty(pds_server.port) as other,
        serving("Old news") as source,
        a_folder() as folder,
    ):
        there = (AtMastodon(Mastodon, one), AtBluesky(Bluesky, other))
        desk = Desk(folder, chromium, *there, source)
        empty_the_database()
        with _may_reach(desk):
            for member, name in zip(there, ("Town", "Village"), strict=True):
                actions.link(member.kind.name, member.answers, name=name, by=BY)
            with running(desk):
                yield desk
        empty_the_database()
        connections.close_all()  # those that were opened beside Playwright’s loop


@contextmanager
def _may_reach(desk: Desk) -> Iterator[None]:
    """This process too, while it links the channels."""
    ours = replace(django_settings.OYEZ, allow_private=desk.reached, url="")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(django_settings, "OYEZ", ours)
        outside.client.cache_clear()
        yield
    outside.client.cache_clear()

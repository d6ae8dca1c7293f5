"""Which networks are held against the contract, and against which real servers?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from oyez.networks.bluesky import Bluesky
from oyez.networks.mastodon import Mastodon
from oyez.networks.own_page import OwnPage
from oyez.networks.practice_wall import PracticeWall
from tests.conformance.members import AtBluesky, AtMastodon, Member, OnOurPage
from tests.servers.faulty import faulty

WIRED = ("mastodon", "practice_wall", "bluesky")


@pytest.fixture(params=[*WIRED, "own_page"])
def member(request: pytest.FixtureRequest) -> Iterator[Member]:
    """Each network with its real counter-part, through a front that can misbehave."""
    yield from made(request.param, request)


@pytest.fixture(params=WIRED)
def wired(request: pytest.FixtureRequest) -> Iterator[Member]:
    """Each network that speaks to a server."""
    yield from made(request.param, request)


@pytest.fixture(params=["mastodon", "practice_wall"])
def findable(request: pytest.FixtureRequest) -> Iterator[Member]:
    """Each network that has to look."""
    yield from made(request.param, request)


@pytest.fixture
def bluesky(request: pytest.FixtureRequest) -> Iterator[Member]:
    yield from made("bluesky", request)


def made(name: str, request: pytest.FixtureRequest) -> Iterator[Member]:
    if name == "own_page":
        yield OnOurPage(OwnPage)
        return
    server = request.getfixturevalue("pds_server" if name == "bluesky" else "mastodon_server")
    with faulty(server.port) as front:
        if name == "bluesky":
            yield AtBluesky(Bluesky, front)
        else:
            yield AtMastodon(Mastodon if name == "mastodon" else PracticeWall, front)

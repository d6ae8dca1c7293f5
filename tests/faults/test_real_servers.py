"""The worker dies before it saves the receipt of a real server: counted there, once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from oyez.kit import waypoint
from oyez.networks.bluesky import Bluesky
from oyez.networks.mastodon import Mastodon
from tests.conformance.members import AtBluesky, AtMastodon
from tests.faults.place import Place, a_place
from tests.faults.strikes import WORKER, Strike
from tests.project.places import a_folder
from tests.servers.faulty import Front, faulty
from tests.servers.fixtures import PASSWORD, Counterpart
from tests.servers.mastodon import TOKEN

pytestmark = [pytest.mark.fault, pytest.mark.server]


@contextmanager
def a_house_before(server: Counterpart, template: Path) -> Iterator[tuple[Place, Front]]:
    """A house that may reach this server, whose worker dies before it saves a receipt."""
    with (
        faulty(server.port) as front,
        a_folder() as folder,
        a_place(template, folder / "house", front.server.address) as place,
    ):
        place.environ["OYEZ_CALL_LIMIT"] = "5"
        place.plan.add(Strike(waypoint.RECEIPT, WORKER))
        yield place, front


def publish(place: Place) -> str:
    """A text that was said on the channel called council."""
    text = f"The ferry runs again ({time.time_ns()})."
    place.write(text, ["council"])
    place.start_worker()
    place.until(place.settled(1), 60)
    assert place.plan.done == 1
    assert place.state_of(text) == "arrived"
    return text


def test_mastodon_shows_it_once(template: Path, mastodon_server: Counterpart) -> None:
    with a_house_before(mastodon_server, template) as (place, front):
        front.deaf_to_keys = True
        place.link("mastodon", "council", server=front.url, secret=TOKEN)
        text = publish(place)
        assert AtMastodon(Mastodon, front).texts().count(text) == 1
        assert len(front.writes) == 1, "it was found there, not sent again"


def test_bluesky_shows_it_once(template: Path, pds_server: Counterpart) -> None:
    with a_house_before(pds_server, template) as (place, front):
        answers = {"server": front.url, "identifier": "council.test", "secret": PASSWORD}
        place.link("bluesky", "council", **answers)
        text = publish(place)
        assert AtBluesky(Bluesky, front).texts().count(text) == 1
        assert len(front.writes) == 2, "it was sent again under its key"

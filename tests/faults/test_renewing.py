"""Row 8: tokens run out while everybody works, refresh tokens work once, and keys change meanwhile.

What is promised where somebody dies between the network's answer and our row is in ADR 19.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from oyez.kit import waypoint
from tests.faults.crowd import codes_while_keys_change, crowded, link, working
from tests.faults.place import Place, a_place
from tests.faults.strikes import WORKER, Strike
from tests.faults.tokens import Issuer, issuing
from tests.project.places import a_folder

pytestmark = pytest.mark.fault


@pytest.fixture
def issuer(request: pytest.FixtureRequest) -> Iterator[Issuer]:
    with issuing(**getattr(request, "param", {})) as issuer:
        yield issuer


@pytest.fixture
def house(template: Path, issuer: Issuer) -> Iterator[Place]:
    address = f"127.0.0.1:{issuer.port}"
    with a_folder() as folder, a_place(template, folder / "house", address) as place:
        yield place


@pytest.mark.parametrize("issuer", [{"lifetime": 40}], indirect=True)
def test_twenty_workers_ask_once_for_each_expiry_while_keys_rotate(
    house: Place, issuer: Issuer, seed: int
) -> None:
    channel = link(house, issuer)
    found = crowded(house, channel, processes=4, threads=5, rotations=1, kills=1, seed=seed)
    assert issuer.refused == []
    assert len(issuer.renewed) == len(set(issuer.renewed)) >= 3
    assert len(issuer.renewed) in {issuer.expiries, issuer.expiries - 1}
    assert found["stuck"] == []
    assert len(found["keys"]) == 1


def test_nobody_loses_a_factor_while_rotations_are_killed(
    house: Place, issuer: Issuer, seed: int
) -> None:
    link(house, issuer)
    found = codes_while_keys_change(house, kills=6, seed=seed)
    assert found["used"] == found["opened"] == found["codes"] == 40
    assert found["stuck"] == []
    assert found["keys"] == [(found["last"],)] != [("k1",)]


def killed_with_the_answer_in_hand(house: Place, issuer: Issuer) -> None:
    """A worker asks for new tokens, is given them, and dies."""
    link(house, issuer)
    issuer.expire()
    house.plan.add(Strike(waypoint.RENEWED, WORKER))
    house.write("The bridge is open.", ["renewing"])
    house.start_worker()
    house.until(lambda: house.plan.done == 1, 30)


def test_killed_with_new_tokens_in_hand_the_channel_says_so_and_nothing_is_lost(
    house: Place, issuer: Issuer
) -> None:
    killed_with_the_answer_in_hand(house, issuer)
    house.until(lambda: house.events("channels.signed_out") == 1, 40)
    assert issuer.posts == []
    house.until(lambda: house.state_of("The bridge is open.") in {"waiting", "unsure"}, 20)
    with issuer.lock:
        issuer.good = True  # somebody signs in on the network, and gets new tokens there
    link(house, issuer)
    house.until(house.settled(1), 40)
    assert [text for _, text in issuer.posts] == ["The bridge is open."]
    assert issuer.refused == [1]


def test_the_issuer_would_notice_two_who_ask(issuer: Issuer) -> None:
    assert working(issuer)
    assert issuer.renew("refresh-1")
    assert issuer.renew("refresh-1") is None
    assert (issuer.renewed, issuer.refused) == ([1], [1])

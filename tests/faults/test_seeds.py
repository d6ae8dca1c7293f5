"""Everything at once, as a seed has it: one of its own for each run, and every seed that ever broke
something.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest

from tests.faults.campaign import campaign, drawn
from tests.faults.judge import HAPPENS, Judge
from tests.faults.nemeses import ALL, Ground, Weather
from tests.faults.place import CALL_LIMIT, Place
from tests.faults.proof import accounts, untrue

pytestmark = pytest.mark.fault

SEEDS: Mapping[int, str] = {}  # what was broken with it

TEXTS = [f"Notice {n}." for n in range(3)]


@pytest.mark.parametrize("known", [None, *SEEDS])
def test_all_that_can_befall_a_house_at_once(
    place: Place, judge: Judge, seed: int, known: int | None
) -> None:
    chosen = seed if known is None else known
    print(f"OYEZ_TEST_SEED={chosen}")  # noqa: T201
    judge.lateness, judge.at_first_byte = CALL_LIMIT + 0.5, place.first_byte
    judge.weather = Weather(random.Random(chosen), dict.fromkeys(HAPPENS, 0.02))
    ground = Ground(place, judge, accounts(place, judge, 2), random.Random(chosen))
    for _ in range(2):
        place.start_worker()
    found = campaign(ground, TEXTS, drawn(ground, list(ALL.values()), 4), patience=180)
    assert found.holds, (found, untrue(judge, place.deliveries()))

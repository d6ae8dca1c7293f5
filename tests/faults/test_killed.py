"""Kill -9 of the worker, of PostgreSQL and of both, at each named point: nothing lost, nothing
doubled, all settled.
"""

from __future__ import annotations

import random
import time
from itertools import count

import pytest

from tests.faults.judge import LOST, Judge
from tests.faults.place import Place
from tests.faults.proof import accounts, figures, said_once
from tests.faults.strikes import DATABASE, EVERYTHING, POINTS, WORKER, Strike

pytestmark = pytest.mark.fault

TEXTS = ["The bridge is closed.", "The bridge is open.", "The library opens late."]


@pytest.mark.parametrize("network", ["judged_keyed", "judged_findable"])
@pytest.mark.parametrize("victim", [WORKER, DATABASE, EVERYTHING])
def test_a_kill_at_any_point_loses_and_doubles_nothing(
    place: Place, judge: Judge, seed: int, victim: str, network: str
) -> None:
    began = time.monotonic()
    names = accounts(place, judge, network, 4)
    points = random.Random(seed).sample(POINTS, len(POINTS))
    place.strikes(*(Strike(point, victim) for point in points))
    judge.at_first_byte = place.first_byte
    for text in TEXTS:
        place.write(text, names)
    place.start_worker()
    place.until(place.settled(len(names) * len(TEXTS)), 150)
    figures(place, judge, began, seed=seed, victim=victim, network=network)
    assert place.plan.done == len(POINTS)
    assert place.events("deliveries.asked") == 0
    said_once(place, judge, names, TEXTS)


def test_a_worker_killed_while_it_looks_looks_again(place: Place, judge: Judge) -> None:
    (name,) = accounts(place, judge, "judged_findable", 1)
    looks = count(1)
    judge.spoil[name].append(LOST)
    judge.at_look = lambda: place.kill_worker() if next(looks) == 1 else None
    place.write("Look.", [name])
    place.start_worker()
    place.until(place.settled(1), 30)
    said_once(place, judge, [name], ["Look."])
    assert (place.starts, judge.writes()) == (2, [name])

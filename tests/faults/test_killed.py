"""Kill -9 of the workers, of PostgreSQL and of both, at each named point, on all six kinds of
network: nothing lost, nothing doubled, all settled.
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

TEXTS = ["The bridge is closed.", "The bridge is open."]


def a_run_with_strikes(place: Place, judge: Judge, seed: int, victim: str, workers: int) -> None:
    began = time.monotonic()
    names = accounts(place, judge, 1)
    points = random.Random(seed).sample(POINTS, len(POINTS))
    place.plan.add(*(Strike(point, victim) for point in points))
    judge.at_first_byte = place.first_byte
    for text in TEXTS:
        place.write(text, names)
    for _ in range(workers):
        place.start_worker()
    place.until(place.settled(len(names) * len(TEXTS)), 150)
    figures(place, judge, began, seed=seed, victim=victim)
    assert place.plan.done == len(POINTS)
    said_once(place, judge, names, TEXTS)


@pytest.mark.parametrize("victim", [DATABASE, EVERYTHING])
def test_a_kill_at_any_point_loses_and_doubles_nothing(
    place: Place, judge: Judge, seed: int, victim: str
) -> None:
    a_run_with_strikes(place, judge, seed, victim, workers=1)


@pytest.mark.parametrize("place", ["external"], indirect=True)
def test_nor_does_a_kill_of_two_workers_on_a_database_of_somebody_elses(
    place: Place, judge: Judge, seed: int
) -> None:
    a_run_with_strikes(place, judge, seed, WORKER, workers=2)
    over_tcp = "select count(distinct client_port) as lines from pg_stat_activity"
    assert place.rows(f"{over_tcp} where client_addr is not null")[0].lines > 10


def test_a_worker_killed_while_it_looks_looks_again(place: Place, judge: Judge) -> None:
    (name,) = accounts(place, judge, 1, ["plain"])
    looks = count(1)
    judge.spoil[name].append(LOST)
    judge.at_look = lambda: place.kill_worker() if next(looks) == 1 else None
    place.write("Look.", [name])
    place.start_worker()
    place.until(place.settled(1), 30)
    said_once(place, judge, [name], ["Look."])
    assert (place.starts, judge.writes()) == (2, [name])

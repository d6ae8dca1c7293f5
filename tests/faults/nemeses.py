"""What can befall a house? Each nemesis strikes once, as a seed has it; they may be mixed."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from threading import Lock, Timer

from bench.http import Answer
from oyez.kit import waypoint
from tests.faults.judge import Judge
from tests.faults.place import CALL_LIMIT, WINDOW, Place
from tests.faults.strikes import PAUSE, POINTS, WORKER, Strike

AIMED = 10.0  # seconds in which somebody must come to the point; else anybody is struck


@dataclass
class Ground:
    """Where it happens: a house, its judge, and the accounts."""

    place: Place
    judge: Judge
    names: list[str]
    chance: Random

    def some(self) -> list[str]:
        """A third of the accounts."""
        return self.chance.sample(self.names, max(1, len(self.names) // 3))


Nemesis = Callable[[Ground], None]


def kill_at_a_point(ground: Ground) -> None:
    """Kill -9 of the worker that comes to it first."""
    if not _struck(ground, Strike(ground.chance.choice(POINTS), WORKER)):
        kill_anywhere(ground)


def kill_anywhere(ground: Ground) -> None:
    """Kill -9 of any worker, whatever it does."""
    ground.place.kill_worker(ground.chance.randrange(len(ground.place.workers)))


def pause(ground: Ground) -> None:
    """A worker stands still where it is most dangerous, and goes on before or after its window."""
    point = ground.chance.choice([waypoint.SENDING, waypoint.RECEIPT])
    if _struck(ground, Strike(point, PAUSE)):
        Timer(ground.chance.uniform(0.5, 2 * WINDOW), ground.place.wake).start()


def stop_database(ground: Ground) -> None:
    """Immediate shutdown; it recovers when it is started again."""
    ground.place.stop_database()


def storm(ground: Ground) -> None:
    """Some accounts answer 429 to everything for a while."""
    until = time.monotonic() + ground.chance.uniform(1, 6)
    stormy, before = set(ground.some()), ground.judge.refuses

    def refuses(account: str) -> Answer | None:
        if account in stormy and time.monotonic() < until:
            return Answer(429, b"{}", (("retry-after", "5"),))
        return before(account)

    ground.judge.refuses = refuses


def brown_out(ground: Ground) -> None:
    """Some accounts become slow for a while, up to more than anybody waits for."""
    slow = dict.fromkeys(ground.some(), ground.chance.uniform(0.3, 1.5 * CALL_LIMIT))
    ground.judge.slowness |= slow

    def over() -> None:
        for account in slow:
            ground.judge.slowness.pop(account, None)

    Timer(ground.chance.uniform(2, 6), over).start()


ALL: Mapping[str, Nemesis] = {
    "kill": kill_at_a_point,
    "kill-anywhere": kill_anywhere,
    "pause": pause,
    "database": stop_database,
    "storm": storm,
    "brown-out": brown_out,
}


class Weather:
    """Any write may have one of these faults, each with its share of all writes."""

    def __init__(self, chance: Random, shares: Mapping[str, float]) -> None:
        self._chance, self._shares, self._lock = chance, shares, Lock()

    def __call__(self, account: str) -> str:
        with self._lock:
            at = self._chance.random()
        for fault, share in self._shares.items():
            if at < share:
                return fault
            at -= share
        return ""


def _struck(ground: Ground, strike: Strike) -> bool:
    """Aim, and wait until it has happened."""
    plan = ground.place.plan
    plan.add(strike)
    until = time.monotonic() + AIMED
    while plan.to_come and time.monotonic() < until:
        time.sleep(0.02)
    missed = plan.to_come > 0
    plan.clear()
    return not missed

"""Where does it strike next, and whom? One plan in a folder, shared by the test and its workers.

A worker that was started with FAULT_PLAN kills (or stops) somebody when it comes to the point of
the next strike. Each strike happens once, whoever comes there first.
"""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from oyez.kit import waypoint

FIRST_BYTE = "the network has read the first byte"
POINTS = (waypoint.CLAIMED, waypoint.SENDING, FIRST_BYTE, waypoint.RECEIPT)

WORKER, DATABASE, EVERYTHING = "worker", "database", "everything"
PAUSE = "pause"  # stop the worker in its tracks; somebody wakes it later


@dataclass(frozen=True)
class Strike:
    point: str
    victim: str


class Plan:
    """Strikes in their order; the next one waits until the one before has happened."""

    def __init__(self, folder: Path, data: Path) -> None:
        self._folder, self._data = folder, data
        self._to_come, self._done = folder / "to-come", folder / "done"
        self._one_at_a_time = threading.Lock()
        for part in (self._to_come, self._done):
            part.mkdir(parents=True, exist_ok=True)

    def environ(self) -> dict[str, str]:
        """What a worker must be told."""
        return {"FAULT_PLAN": json.dumps([str(self._folder), str(self._data)])}

    def add(self, *strikes: Strike) -> None:
        for number, strike in enumerate(strikes, self.done + self.to_come):
            draft = self._folder / "draft"
            draft.write_text(json.dumps(asdict(strike)))
            draft.rename(self._to_come / f"{number:06}")

    def clear(self) -> None:
        """No more strikes."""
        for strike in self._to_come.iterdir():
            strike.unlink()

    @property
    def done(self) -> int:
        return sum(1 for _ in self._done.iterdir())

    @property
    def to_come(self) -> int:
        return sum(1 for _ in self._to_come.iterdir())

    def reach(self, point: str, worker: int) -> None:
        """Called at every point by this worker, or for it: strike if it is this one's turn."""
        with self._one_at_a_time:
            waiting = min(self._to_come.iterdir(), default=None)
            if waiting and (victim := self._take(waiting, point)):
                self._hit(victim, worker)

    def _take(self, waiting: Path, point: str) -> str:
        """Whom to strike; empty when it is another point's turn, or another worker was first."""
        try:
            strike = Strike(**json.loads(waiting.read_text()))
            if strike.point != point:
                return ""
            waiting.rename(self._done / waiting.name)
        except FileNotFoundError:
            return ""
        return strike.victim

    def _hit(self, victim: str, worker: int) -> None:
        if victim in {DATABASE, EVERYTHING}:
            os.kill(database_pid(self._data), signal.SIGKILL)
        if victim in {WORKER, EVERYTHING}:
            os.kill(worker, signal.SIGKILL)
        if victim == PAUSE:
            os.kill(worker, signal.SIGSTOP)
            time.sleep(1)  # this very thread must not get on before it is stopped


def database_pid(data: Path) -> int:
    return int((data / "pg" / "postmaster.pid").read_text().split()[0])


def arm(environ: Mapping[str, str] = os.environ) -> None:
    """In a worker: strike at the points of the plan, if there is one."""
    if told := environ.get("FAULT_PLAN"):
        plan = Plan(*map(Path, json.loads(told)))
        waypoint.set_strike(partial(_strike, plan))


def _strike(plan: Plan, point: str) -> None:
    plan.reach(point, os.getpid())

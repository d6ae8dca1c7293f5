"""Where does it strike next, and whom? One plan, shared by the worker and the test by small files.

A worker that was started with FAULT_STRIKES kills (or stops) somebody at the next point of the
plan, each point once, however often it is started again.
"""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
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

    def __init__(
        self, folder: Path, data: Path, strikes: Sequence[Strike] = (), worker: int = 0
    ) -> None:
        self.folder, self.data, self.strikes = folder, data, list(strikes)
        self._worker = worker  # 0: the one that was started last
        self._one_at_a_time = threading.Lock()

    def environ(self) -> dict[str, str]:
        """What a worker must be told."""
        plan = {
            "folder": str(self.folder),
            "data": str(self.data),
            "strikes": [asdict(strike) for strike in self.strikes],
        }
        return {"FAULT_STRIKES": json.dumps(plan)}

    @property
    def done(self) -> int:
        return sum((self.folder / str(n)).exists() for n in range(len(self.strikes)))

    def reach(self, point: str) -> None:
        """Called at every point: strike if it is this one's turn."""
        with self._one_at_a_time:
            number = self.done
            if number < len(self.strikes) and self.strikes[number].point == point:
                (self.folder / str(number)).touch(exist_ok=False)
                self._hit(self.strikes[number].victim)

    def _hit(self, victim: str) -> None:
        if victim in {DATABASE, EVERYTHING}:
            os.kill(database_pid(self.data), signal.SIGKILL)
        if victim in {WORKER, EVERYTHING}:
            os.kill(self._worker or worker_pid(self.folder), signal.SIGKILL)
        if victim == PAUSE:
            os.kill(self._worker or worker_pid(self.folder), signal.SIGSTOP)
            time.sleep(1)  # this very thread must not get on before it is stopped


def database_pid(data: Path) -> int:
    return int((data / "pg" / "postmaster.pid").read_text().split()[0])


def worker_pid(folder: Path) -> int:
    """The worker that read the plan last."""
    return int((folder / "worker").read_text())


def arm(environ: Mapping[str, str] = os.environ) -> None:
    """In a worker: strike at the points of the plan, if there is one."""
    if told := environ.get("FAULT_STRIKES"):
        plan = json.loads(told)
        folder = Path(plan["folder"])
        (folder / "worker").write_text(str(os.getpid()))
        strikes = [Strike(**strike) for strike in plan["strikes"]]
        waypoint.set_strike(Plan(folder, Path(plan["data"]), strikes, os.getpid()).reach)

"""A worker stands still between the commit of `sending` and the first byte, and wakes later."""

from __future__ import annotations

import os
import signal
import subprocess
import time

import pytest

from oyez.kit import waypoint
from tests.faults.judge import Judge
from tests.faults.place import WINDOW, Place
from tests.faults.proof import accounts, figures, said_once
from tests.faults.strikes import PAUSE, Strike

pytestmark = pytest.mark.fault


def a_paused_worker(place: Place, name: str) -> subprocess.Popen[bytes]:
    """It has committed `sending` for “First.”, and stopped there; a second worker is at work."""
    place.plan.add(Strike(waypoint.SENDING, PAUSE))
    paused = place.start_worker()
    place.write("First.", [name])
    place.until(lambda: place.plan.done == 1, 30)
    place.start_worker()
    return paused


def test_a_pause_longer_than_the_window_doubles_nothing(place: Place, judge: Judge) -> None:
    began = time.monotonic()
    one, other = accounts(place, judge, 2, ["plain"])
    paused = a_paused_worker(place, one)
    place.write("Second.", [other])
    place.until(lambda: judge.texts(other)["Second."] == 1, 30)
    time.sleep(2 * WINDOW)
    assert [row.state for row in place.deliveries()] == ["sending", "arrived"]
    assert not judge.texts(one)
    os.kill(paused.pid, signal.SIGCONT)
    place.until(place.settled(2), 30)
    figures(place, judge, began, run="paused")
    said_once(place, judge, [one], ["First."])


def test_a_worker_that_lost_its_lock_while_it_stood_still_sends_nothing(
    place: Place, judge: Judge
) -> None:
    began = time.monotonic()
    (name,) = accounts(place, judge, 1, ["plain"])
    paused = a_paused_worker(place, name)
    place.server.stop(hard=True)
    place.until(place.settled(1), 60)
    os.kill(paused.pid, signal.SIGCONT)
    log = place.folder / "worker.log"
    place.until(lambda: "is no longer ours" in log.read_text(), 30)
    figures(place, judge, began, run="paused while the database restarts")
    said_once(place, judge, [name], ["First."])

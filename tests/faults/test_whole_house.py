"""Kill -9 of every process of a real `oyez up` at once; start it again on the same data."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from threading import Event

import pytest

from oyez.project.supervisor import TO_BE_READY
from tests.faults.judge import Judge
from tests.faults.place import Place
from tests.faults.proof import accounts, figures, said_once
from tests.loopback import free_ports
from tests.project.places import processes_of

pytestmark = pytest.mark.fault

TEXTS = ["The town hall is shut.", "The town hall is open.", "There is cake."]


@contextmanager
def up(place: Place) -> Iterator[subprocess.Popen[bytes]]:
    """A real house on the place's data; killed at the end if it still runs."""
    said = place.folder / "said"
    command = [sys.executable, "-m", "oyez", "up", "--no-practice", "--port", str(free_ports(1)[0])]
    with said.open("w") as words:
        house = subprocess.Popen(
            command, env=place.environ, stdout=words, stderr=words, start_new_session=True
        )
    try:
        until_ready(house, said)
        yield house
    finally:
        house.kill()
        house.wait(10)


def until_ready(house: subprocess.Popen[bytes], said: Path) -> None:
    """It may take as long as the house itself allows; whoever gives up earlier says why."""
    until = time.monotonic() + TO_BE_READY + 60
    while "Oyez is ready" not in said.read_text():
        assert house.poll() is None, f"It ended ({house.returncode}): {said.read_text()}"
        assert time.monotonic() < until, f"It did not get ready: {said.read_text()}"
        time.sleep(0.1)


def kill_all(place: Place, done: Event) -> None:
    """Every process that names the data folder: supervisor, pages, worker, PostgreSQL.

    Until it is `done`, it would also kill a house that was started meanwhile.
    """
    while alive := processes_of(place.data):
        for process in alive:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
    done.set()


def test_a_killed_house_starts_again_and_settles_everything(place: Place, judge: Judge) -> None:
    place.server.stop()
    with up(place) as first:
        names = accounts(place, judge, 2, ["keyed", "plain"])
        heard, killed = count(1), Event()
        judge.slowness = dict.fromkeys(names, 0.3)
        judge.at_first_byte = lambda pid: kill_all(place, killed) if next(heard) == 3 else None
        place.ask("stop", why="Until all is written.")
        for text in TEXTS:
            place.write(text, names)
        place.ask("resume")
        place.close_desk()
        assert killed.wait(30)
        first.wait(30)
    began = time.monotonic()
    with up(place) as second:
        place.until(place.settled(12), 90, tend=False)
        figures(place, judge, began, run="the whole house")
        said_once(place, judge, names, TEXTS)
        second.send_signal(signal.SIGINT)
        assert second.wait(40) == 0
        assert processes_of(place.data) == []

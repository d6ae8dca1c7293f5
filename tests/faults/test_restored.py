"""A backup is brought back elsewhere: what went out since is found there and not sent again, what
never went goes out after a person has let it, and nothing leaves before.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faults.judge import Judge
from tests.faults.place import Place
from tests.faults.proof import accounts, figures, said_once
from tests.project.places import a_folder

pytestmark = pytest.mark.fault

BEFORE = ["The ford is flooded."]
SINCE = ["The ford is closed.", "The ford is open."]
KEYS = ("seal.keys", "secret.key")


def test_a_restored_house_sends_nothing_twice_and_loses_nothing(place: Place, judge: Judge) -> None:
    began = time.monotonic()
    findable = accounts(place, judge, "judged_findable", 2)
    names = findable + accounts(place, judge, "judged_keyed", 1)
    _say(place, names, BEFORE)
    place.start_worker()
    place.until(place.settled(3), 60)
    place.ask("stop", why="The backup is made while these wait.")
    _say(place, names, SINCE)
    saved = _saved(place)
    place.ask("resume")
    place.until(place.settled(9), 60)
    place.end()  # and its machine is gone

    with a_folder() as folder:
        elsewhere = _elsewhere(folder / "house", judge)
        try:
            assert "3 of 3 tokens do not open" in _rehearsal(elsewhere, saved)
            _bring_the_keys(place, elsewhere)
            _oyez(elsewhere, "db", "restore", str(saved))
            elsewhere.server.start()
            _never_went(judge, findable[1], SINCE[1])
            sent = len(judge.begun)
            elsewhere.start_worker()
            elsewhere.until(lambda: elsewhere.state_of_each(findable[0]) == {"arrived"}, 60)
            assert len(judge.begun) == sent, "it sent before a person let it"
            elsewhere.ask("resume")
            elsewhere.until(elsewhere.settled(9), 90)
            figures(elsewhere, judge, began, run="restored elsewhere")
            said_once(elsewhere, judge, names, BEFORE + SINCE)
        finally:
            elsewhere.end()


def _say(place: Place, names: list[str], texts: list[str]) -> None:
    for text in texts:
        place.write(text, names)


def _saved(place: Place) -> Path:
    """A backup; the verb starts the database by itself."""
    place.close_desk()
    place.server.stop()
    _oyez(place, "db", "backup", str(saved := place.folder / "saved.dump"))
    place.server.start()
    return saved


def _never_went(judge: Judge, name: str, text: str) -> None:
    """As if the machine had died before this one was sent."""
    with judge.lock:
        judge.shown[:] = [p for p in judge.shown if (p.account, p.text) != (name, text)]


def _elsewhere(folder: Path, judge: Judge) -> Place:
    """Another machine, with nothing on it."""
    folder.mkdir()
    return Place(folder, judge.address)


def _bring_the_keys(place: Place, elsewhere: Place) -> None:
    for key in KEYS:
        shutil.copy2(place.data / key, elsewhere.data / key)


def _rehearsal(place: Place, saved: Path) -> str:
    command = [sys.executable, "-m", "oyez", "db", "rehearse", str(saved)]
    done = subprocess.run(command, env=place.environ, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Of its deliveries 6 would be looked for" in done.stdout
    return done.stderr


def _oyez(place: Place, *words: str) -> None:
    subprocess.run([sys.executable, "-m", "oyez", *words], env=place.environ, check=True)

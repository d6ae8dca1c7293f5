"""A backup is made, more goes out, the machine is lost, and the backup comes back elsewhere."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.faults.judge import Judge
from tests.faults.place import Place
from tests.faults.shelves import Shown

KEYS = ("seal.keys", "secret.key")


def say(place: Place, names: Sequence[str], texts: Sequence[str]) -> None:
    for text in texts:
        place.write(text, names)


def saved_while_waiting(place: Place, names: Sequence[str], texts: Sequence[str]) -> Path:
    """A backup from a moment when all of these wait behind a stop; then they go out. Half of them
    the backup knows as planned, the others as words that nobody has planned yet.
    """
    place.ask("stop", why="The backup is made while these wait.")
    half = len(texts) // 2
    before = len(place.deliveries())
    say(place, names, texts[:half])
    place.until(lambda: len(place.deliveries()) == before + half * len(names), 120)
    place.rest()
    say(place, names, texts[half:])
    saved = save(place)
    place.start_worker()
    place.ask("resume")
    place.until(place.settled(before + len(texts) * len(names)), 300)
    return saved


def save(place: Place) -> Path:
    """The verb starts the database by itself."""
    place.close_desk()
    place.server.stop()
    oyez(place, "db", "backup", str(saved := place.folder / "saved.dump"))
    place.server.start()
    return saved


@contextmanager
def elsewhere(folder: Path, judge: Judge) -> Iterator[Place]:
    """Another machine, with nothing on it."""
    folder.mkdir()
    there = Place(folder, judge.address)
    there.data.mkdir(exist_ok=True)
    try:
        yield there
    finally:
        there.end()


def bring_back(place: Place, there: Place, saved: Path) -> None:
    for key in KEYS:
        shutil.copy2(place.data / key, there.data / key)
    restored = oyez(there, "db", "restore", str(saved))
    assert restored.returncode == 0, restored.stderr
    there.server.start()


def nothing_left_to_look_for(place: Place, count: int) -> Callable[[], bool]:
    """Are there that many deliveries, and is none unsure or waiting to be looked for?"""
    open_still = (
        "select 1 from deliveries_delivery where state in ('unsure', 'queued', 'sending')"
        " or state = 'waiting' and evidence ? 'restored'"
    )
    return lambda: len(place.deliveries()) == count and not place.rows(open_still)


def never_went(judge: Judge, name: str, text: str) -> Shown:
    """As if the machine had been lost before this one was sent."""
    with judge.lock:
        shelf = judge.shelf(name)
        (post,) = [post for post in shelf.shown if post.text == text]
        shelf.shown.remove(post)
        shelf.texts[text] -= 1
        shelf.first_of.pop(post.key, None)
        return post


def oyez(place: Place, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "oyez", *words]
    return subprocess.run(command, env=place.environ, capture_output=True, text=True, check=False)

"""What does the whole installation need at rest, and how long does it take to be there?

`oyez up` as people start it, practice included: from the command to the line `Oyez is ready`, the
first time on an empty folder and then again; and its memory when nobody asks for anything.
"""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench import meter
from bench.figures import Figure, Void, show
from bench.house import PYTHON, a_folder, inherited

KINDS = {
    r"oyez up": "supervisor",
    r"oyez worker": "worker",
    r"uvicorn oyez\.project": "web",
    r"uvicorn oyez\.practice": "practice",
    r"oyez\.formats\.cradle": "reader of feeds",
    r"postgres": "database",
}


@dataclass(frozen=True, slots=True)
class Size:
    """How often, and how long it rests before it is weighed (seconds)."""

    first: int = 3
    warm: int = 5
    rest: float = 40.0


QUICK = Size(first=1, warm=1, rest=2.0)


@dataclass
class Seen:
    """Seconds of each start, and the megabytes of each rest by kind of process."""

    first: list[float] = field(default_factory=list)
    warm: list[float] = field(default_factory=list)
    rests: list[dict[str, float]] = field(default_factory=list)


def run(size: Size) -> list[Figure]:
    """Print and return the figures."""
    seen = Seen()
    for number in range(size.first):
        with a_folder() as folder:
            with _up(folder) as (seconds, _):
                seen.first.append(seconds)
            if number == 0:
                _again(folder, size, seen)
    figures = [
        Figure("first start", "s", tuple(seen.first), 10),
        Figure("warm start", "s", tuple(seen.warm), 3),
        Figure("memory at rest", "MB", tuple(sum(r.values()) for r in seen.rests), 400),
    ]
    for kind in KINDS.values():
        rounds = tuple(rest.get(kind, 0.0) for rest in seen.rests)
        figures.append(Figure(f"memory at rest: {kind}", "MB", rounds))
    show("The whole installation at rest", figures)
    return figures


def _again(folder: Path, size: Size, seen: Seen) -> None:
    """Start it over and over on the same folder; weigh it in two of the rounds."""
    for number in range(size.warm):
        with _up(folder) as (seconds, pid):
            seen.warm.append(seconds)
            if number < 2:
                time.sleep(size.rest)
                seen.rests.append(_weigh(pid))


@contextmanager
def _up(folder: Path) -> Iterator[tuple[float, int]]:
    """The running house: seconds until it was ready, and its pid."""
    command = [PYTHON, "-m", "oyez", "up", "--data", str(folder / "data"), "--port", str(_free())]
    began = time.monotonic()
    with subprocess.Popen(
        command, env=inherited(), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as house:
        try:
            assert house.stdout
            for line in house.stdout:
                if "Oyez is ready" in line:
                    break
            else:
                raise Void("It never said that it was ready.")
            yield time.monotonic() - began, house.pid
        finally:
            house.send_signal(signal.SIGINT)
            house.communicate(timeout=60)


def _weigh(pid: int) -> dict[str, float]:
    """Megabytes by kind; Void where a process is of no known kind or a part is not there."""
    found: dict[str, float] = {}
    for words, size in meter.by_words(pid):
        kind = next((kind for pattern, kind in KINDS.items() if re.search(pattern, words)), None)
        if kind is None:
            raise Void(f"What is this process? {words}")
        found[kind] = found.get(kind, 0.0) + size
    missing = {"supervisor", "worker", "web", "practice", "database"} - found.keys()
    if missing:
        raise Void(f"The house is not whole: {', '.join(missing)} is missing.")
    return found


def _free() -> int:
    """A port that is free, as the next one is for practice."""
    while True:
        with socket.socket() as one, socket.socket() as other:
            one.bind(("127.0.0.1", 0))
            port = int(one.getsockname()[1])
            try:
                other.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port

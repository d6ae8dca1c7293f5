"""Is a house running on this data folder, and where? The answer is the lock file `oyez.lock`.

Whoever runs the database of a data folder holds the file locked (flock: it ends with the process,
whatever happens) and writes into it, as JSON, who it is. Nobody else may start a server there.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import IO, Any

from oyez.project import location
from oyez.project.embedded import Server
from oyez.project.env import Env
from oyez.project.trouble import Trouble

BRIEFLY = 120.0  # seconds that we wait for another command, or for a house that is starting


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the data folder. `kind` is house (`oyez up`) or command, which tells nothing."""

    pid: int
    kind: str
    ready: bool = False  # the database answers and its tables are those of this code
    url: str = ""
    told: dict[str, str] = field(default_factory=dict)  # see told.py
    withheld: list[str] = field(default_factory=list)


class Held(Exception):
    """Another process holds the data folder."""


class Lock:
    """The lock of one data folder. Our children do not inherit it."""

    def __init__(self, data: Path) -> None:
        self.path = data / "oyez.lock"
        self._file: IO[str] | None = None
        self._holder: Holder | None = None

    def take(self, holder: Holder) -> None:
        """Hold the folder, or Held."""
        location.make_data_folder(self.path.parent)
        try:
            file = self.path.open("a+", encoding="utf-8")
            self.path.chmod(0o600)
        except PermissionError as refusal:
            raise _foreign(self.path.parent) from refusal
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            raise Held from None
        self._file = file
        self._write(holder)

    def ready(self) -> None:
        """Tell commands that they may use the database."""
        if self._holder:
            self._write(replace(self._holder, ready=True))

    def release(self) -> None:
        """Let go. The file stays, empty: removing it would let two holders in."""
        if self._file:
            self._file.truncate(0)
            self._file.close()
        self._file = None

    def _write(self, holder: Holder) -> None:
        if self._file:
            self._file.truncate(0)
            self._file.write(json.dumps(asdict(holder)) + "\n")
            self._file.flush()
            self._holder = holder


def holder(data: Path) -> Holder | None:
    """Who holds the data folder now; None where nobody does."""
    try:
        file = (data / "oyez.lock").open(encoding="utf-8")
    except FileNotFoundError:
        return None
    except PermissionError as refusal:
        raise _foreign(data) from refusal
    with file:
        if _free(file):
            return None
        with suppress(ValueError, TypeError):  # it is being written this moment
            return _read(json.loads(file.read()))
    return Holder(pid=0, kind="command")


def _read(written: dict[str, Any]) -> Holder:
    """Also what a house of another version wrote."""
    known = {one.name for one in fields(Holder)}
    return Holder(**{name: value for name, value in written.items() if name in known})


def _foreign(data: Path) -> Trouble:
    return Trouble(
        f"The data folder {data} belongs to another account: run as that account, "
        "or choose another with --data."
    )


def running(data: Path) -> Holder | None:
    """The house that `oyez up` started on this data folder, if it runs."""
    found = holder(data)
    return found if found and found.kind == "house" else None


def already(found: Holder) -> Trouble:
    """What the second `up` on the same data says."""
    return Trouble(
        f"Oyez is already running on this data folder (process {found.pid}): {found.url}"
    )


def busy(found: Holder | None, data: Path) -> Trouble:
    """A command has been at work for too long."""
    who = f"process {found.pid}" if found else "another process"
    return Trouble(f"Another oyez command ({who}) still uses {data}: wait for it, or end it.")


@contextmanager
def database(env: Env, *, alone: bool = False) -> Iterator[bool]:
    """The database for one command: the running house's (False), else a server of our own (True).

    `alone`: for work that no house may share, such as a restore; Trouble while one runs here.
    """
    lock = Lock(env.data)
    if (env.embedded or alone) and _take_or_find(lock, env.data):
        yield from _served(env, lock)
    elif alone:
        raise Trouble("Oyez is running on this data folder: stop it first (Ctrl-C where it runs).")
    else:
        yield not env.embedded


def _served(env: Env, lock: Lock) -> Iterator[bool]:
    server = Server(env.data, env) if env.embedded else None
    try:
        if server:
            server.start()
        yield True
    finally:
        if server:
            server.stop()
        lock.release()


def taking(lock: Lock, us: Holder, data: Path) -> Iterator[float]:
    """Take the lock for a house: sleep for each yielded pause, while a command is at work."""
    until = time.monotonic() + BRIEFLY
    while True:
        with suppress(Held):
            lock.take(us)
            return
        found = holder(data)
        if found and found.kind == "house":
            raise already(found)
        if time.monotonic() > until:
            raise busy(found, data)
        yield 0.1


def _take_or_find(lock: Lock, data: Path) -> bool:
    """True: the lock is ours. False: a house is running and ready. Otherwise wait, then Trouble."""
    until = time.monotonic() + BRIEFLY
    while True:
        with suppress(Held):
            lock.take(Holder(pid=os.getpid(), kind="command"))
            return True
        found = holder(data)
        if found and found.kind == "house" and found.ready:
            return False
        if time.monotonic() > until:
            raise busy(found, data)
        time.sleep(0.1)


def _free(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    fcntl.flock(file, fcntl.LOCK_UN)
    return True

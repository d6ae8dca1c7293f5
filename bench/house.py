"""A house to measure: its own folder, the embedded PostgreSQL, and processes that end with us."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from bench.figures import Void
from oyez.project import env, lifeline
from oyez.project.embedded import Server

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable


def inherited() -> dict[str, str]:
    """Our own surroundings without the outer shell's settings of a house."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith("OYEZ_")}
    return {**kept, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}


class House:
    """A data folder with a running database server; each database in it is a house of its own."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.server = Server(self.data, env.read(self.environ()))

    def environ(self, database: str = "oyez", allow: str = "") -> dict[str, str]:
        """What a process of this house is told."""
        url = f"postgresql://oyez@{str(self.data / 'run').replace('/', '%2F')}/{database}"
        return {
            **inherited(),
            "DJANGO_SETTINGS_MODULE": "oyez.project.settings",
            "OYEZ_DATA": str(self.data),
            "OYEZ_DATABASE_URL": "" if database == "oyez" else url,
            "OYEZ_PRACTICE": "no",
            "OYEZ_ALLOW_PRIVATE": allow,
            "OYEZ_LOG_LEVEL": "WARNING",
        }

    def connect(self, database: str = "oyez") -> psycopg.Connection[tuple[Any, ...]]:
        """A line of our own to look at the work, and to lay out much of it at once."""
        return psycopg.connect(
            host=str(self.server.sockets), dbname=database, user="oyez", autocommit=True
        )

    def copy(self, old: str, new: str) -> None:
        """A fresh database as the old one is now; nobody may be connected to that."""
        with self.connect("postgres") as line:
            line.execute(f'drop database if exists "{new}" with (force)'.encode())
            line.execute(f'create database "{new}" template "{old}"'.encode())

    def migrate(self) -> None:
        command = [PYTHON, "-m", "django", "migrate", "--noinput", "-v", "0"]
        subprocess.run(command, env=self.environ(), check=True)


@contextmanager
def a_folder() -> Iterator[Path]:
    """Short and open to walk through: the database may run under another account."""
    folder = Path(tempfile.mkdtemp(prefix="oyez-bench-")).resolve()
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def a_house() -> Iterator[House]:
    """Started and migrated."""
    with a_folder() as folder:
        house = House(folder)
        house.server.start()
        try:
            house.migrate()
            yield house
        finally:
            house.server.stop()


@contextmanager
def program(
    arguments: Sequence[str], environ: dict[str, str], log: Path | None = None
) -> Iterator[subprocess.Popen[str]]:
    """One of our own programs, spoken with in lines; ended in order at the end, then by force."""
    command = lifeline.tied([PYTHON, *arguments], signal.SIGKILL)
    with (log or Path(os.devnull)).open("ab") as words:
        process = subprocess.Popen(
            command, env=environ, text=True, stderr=words if log else None,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
    with process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()


def read_line(process: subprocess.Popen[str]) -> str:
    """Its next line; Void where it ended instead."""
    assert process.stdout
    if line := process.stdout.readline():
        return line.rstrip("\n")
    raise Void(f"{process.args!r} ended before it answered.")


class Desk:
    """Somebody who works in the house (bench/desk.py): `desk("write", text=…)`."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def __call__(self, verb: str, **arguments: object) -> Any:
        assert self._process.stdin
        self._process.stdin.write(json.dumps([verb, arguments]) + "\n")
        self._process.stdin.flush()
        return json.loads(read_line(self._process))


@contextmanager
def a_desk(environ: dict[str, str]) -> Iterator[Desk]:
    with program(["-m", "bench.desk"], environ) as process:
        yield Desk(process)


@contextmanager
def a_worker(house: House, environ: dict[str, str], database: str = "oyez") -> Iterator[int]:
    """A real `oyez worker`, its pid, once all its lanes are there."""
    with house.connect(database) as line:
        line.execute("truncate procrastinate_workers cascade")
    with program(["-m", "oyez", "worker"], environ) as process:
        until = time.monotonic() + 30
        while not _lanes(house, database):
            if time.monotonic() > until or process.poll() is not None:
                raise Void("The worker did not start.")
            time.sleep(0.1)
        time.sleep(1)  # its first looks around
        yield process.pid


def _lanes(house: House, database: str) -> bool:
    with house.connect(database) as line:
        found = line.execute("select count(*) >= 4 from procrastinate_workers").fetchone()
    return bool(found and found[0])

"""How does the house get its own PostgreSQL? A direct child, a private socket, no passwords.

Everything lies in the data folder: `pg` (the cluster), `run` (the socket), `log/postgresql.log`,
and `postgresql-programs` where the server's account cannot reach the ones that we found.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import psycopg

from oyez.project import embedded_cluster, embedded_files, lifeline, location
from oyez.project.embedded_binaries import Binaries, choose, within_reach
from oyez.project.embedded_user import ServerUser
from oyez.project.env import Env
from oyez.project.trouble import Trouble

PATIENCE = 15.0  # seconds; the orphans of a killed server take a few to go
RECOVERY = 300.0  # seconds that a server which lives may take to replay its log
LOCKED = ("postmaster.pid", "shared memory block", ".s.PGSQL")  # somebody may still be leaving


class Server:
    """The embedded PostgreSQL of one data folder. Whoever starts it holds the lock of house.py."""

    def __init__(self, data: Path, env: Env, extra: Mapping[str, str] | None = None) -> None:
        self.data = data
        self.folder = data / "pg"
        self.sockets = location.socket_folder(data)
        self.log = data / "log" / "postgresql.log"
        self._env = env
        self._extra = dict(extra or {})
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Return when the database answers; Trouble when it cannot."""
        for pause in self.starting():
            time.sleep(pause)

    def starting(self) -> Iterator[float]:
        """Start in steps: sleep for each yielded number of seconds until the iterator ends."""
        user = embedded_files.the_user(self.folder, self._env.pg_user)
        binaries = self._prepare(user)
        until = time.monotonic() + PATIENCE
        while True:
            mark = embedded_files.fresh_log(self.log)
            self._launch(binaries, user)
            yield from self._until_it_answers()
            if self.alive:
                return
            told = embedded_files.since(self.log, mark)
            if not any(sign in told for sign in LOCKED):
                raise Trouble(f"The database did not start: {self.log} says why.", told)
            if time.monotonic() > until:
                embedded_files.drop_foreign_locks(self.folder, self.sockets, told)
            yield 0.3

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the server to end; its exit code. TimeoutExpired after `timeout` seconds."""
        if not self._process:
            raise Trouble("The database has not been started.")
        return self._process.wait(timeout)

    def stop(self, *, hard: bool = False) -> None:
        """End in fast mode: transactions roll back, nothing is lost.

        `hard` does not tidy up, which the next start then does.
        """
        process = self._process
        if process is None:
            return
        steps = [(signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)]
        for sign, patience in steps if hard else [(signal.SIGINT, 30.0), *steps]:
            with suppress(ProcessLookupError):
                process.send_signal(sign)
            with suppress(subprocess.TimeoutExpired):
                process.wait(patience)
                break
        if self.sockets.parent != self.data:
            with suppress(OSError):
                self.sockets.rmdir()

    def _prepare(self, user: ServerUser) -> Binaries:
        """Folders, programs and the cluster itself, each made only where it is missing."""
        location.make_data_folder(self.data)
        embedded_files.let_in(self.data, user)
        binaries = choose(self._env.pg_bin, embedded_files.major_of(self.folder))
        binaries = within_reach(binaries, user, self.data / "postgresql-programs")
        if not self.folder.exists():
            durable = self._extra.get("fsync") != "off"
            embedded_cluster.create(binaries, user, self.folder, durable=durable)
        embedded_cluster.admit(self.folder, user)
        embedded_files.make_socket_folder(self.sockets, user)
        return binaries

    def _launch(self, binaries: Binaries, user: ServerUser) -> None:
        settings = embedded_cluster.options(binaries.major, self.sockets, self._extra)
        command = [binaries["postgres"], "-D", str(self.folder), *settings]
        account = f"{user.uid}:{user.gid}" if user.switch else "-"
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  (our own binaries)
                lifeline.tied(command, signal.SIGINT, account),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                cwd="/", env=embedded_cluster.ENVIRON, start_new_session=True,
            )  # fmt: skip

    def _until_it_answers(self) -> Iterator[float]:
        until = time.monotonic() + RECOVERY
        while self.alive and not (self._holds_the_cluster() and answers(self.sockets)):
            if time.monotonic() > until:
                self.stop()
                raise Trouble(
                    f"The database took over {RECOVERY:.0f} s to start: {self.log} says why."
                )
            yield 0.03

    def _holds_the_cluster(self) -> bool:
        """Is it our own child that answers there, and not another house's server?"""
        try:
            return int((self.folder / "postmaster.pid").read_text().split()[0]) == self.pid
        except (FileNotFoundError, ValueError, IndexError):  # not written yet
            return False


def answers(sockets: Path) -> bool:
    """Does a server let us in there?"""
    name = embedded_cluster.NAME
    try:
        psycopg.connect(host=os.fspath(sockets), dbname=name, user=name, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True

"""A house under test: a database of its own, a desk, and workers that are started again and again.

The test is the supervisor here: `until()` starts whatever has ended, as `oyez up` would.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import namedtuple_row

from oyez.project import env, lifeline
from oyez.project.embedded import Server
from tests.faults.networks import ENTRY_POINTS
from tests.faults.strikes import FIRST_BYTE, Plan

ROOT = Path(__file__).resolve().parents[2]
CALL_LIMIT = 1  # second
WINDOW = CALL_LIMIT + 5  # seconds: as in deliveries/actions/settling.py


@dataclass(frozen=True)
class Row:
    """A delivery as the house tells it."""

    channel: str
    text: str
    state: str
    remote_id: str
    attempt: int
    resends: int
    why: str


class Place:
    """Everything of one house, in one folder. With `external` its database is reached over TCP with
    a password, as one of somebody else's is.
    """

    def __init__(self, folder: Path, allow: str = "", *, external: bool = False) -> None:
        self.folder, self.data = folder, folder / "data"
        plugins = folder / "plugins"
        install_plugin(plugins)
        self.environ = surroundings(self.data, plugins, allow)
        settings = env.read(self.environ)
        options = {"max_connections": "400"}
        if external:
            self.environ["OYEZ_DATABASE_URL"], more = over_tcp(folder)
            options |= more
        self.server = Server(self.data, settings, options)
        self.plan = Plan(folder / "plan", self.data)
        self.workers: list[subprocess.Popen[bytes]] = []
        self.starts = 0
        self.desk: subprocess.Popen[str] | None = None
        self._hands = ThreadPoolExecutor(1)  # a child ends with the thread that started it

    def open(self) -> None:
        """Start the database, and let in whoever knows the password."""
        self.server.start()
        with self.connect() as line:
            line.execute(f"alter role oyez password '{PASSWORD}'")

    def first_byte(self, worker: int) -> None:
        """For the judge, who sees it before anybody else."""
        self.plan.reach(FIRST_BYTE, worker)

    def start_worker(self, **environ: str) -> subprocess.Popen[bytes]:
        """A real `oyez worker`, which ends with this test at the latest."""
        self.workers.append(self._a_worker(**environ))
        return self.workers[-1]

    def _a_worker(self, **environ: str) -> subprocess.Popen[bytes]:
        self.starts += 1
        command = lifeline.tied([sys.executable, "-m", "oyez", "worker"], signal.SIGKILL)
        told = {**self.environ, **self.plan.environ(), **environ}
        with (self.folder / "worker.log").open("ab") as log:
            return subprocess.Popen(
                command, env=told, stdout=log, stderr=log, start_new_session=True
            )

    def kill_worker(self, which: int = -1) -> None:
        self.workers[which].kill()

    def rest(self) -> None:
        """No worker any more, until one is started."""
        while self.workers:
            worker = self.workers.pop()
            worker.kill()
            worker.wait()

    def wake(self) -> None:
        """Whoever was stopped in its tracks goes on."""
        for worker in self.workers:
            worker.send_signal(signal.SIGCONT)

    def stop_database(self) -> None:
        """At once, as if the machine had to be quick; whoever tends starts it again."""
        self._hands.submit(self.server.stop, hard=True).result()

    @contextmanager
    def tended(self) -> Iterator[None]:
        """Whatever ends is started again all the while, whoever waits for what."""
        over = threading.Event()

        def go_round() -> None:
            while not over.wait(0.1):
                self.tend()

        with ThreadPoolExecutor(1) as pool:
            going = pool.submit(go_round)
            try:
                yield
            finally:
                over.set()
            going.result()

    def tend(self) -> None:
        """Start what has ended again."""
        self._hands.submit(self._tend).result()

    def _tend(self) -> None:
        if not self.server.alive:
            self.server.start()
        for place, worker in enumerate(self.workers):
            if worker.poll() is not None:
                self.workers[place] = self._a_worker()

    def until(self, true: Callable[[], bool], seconds: float, *, tend: bool = True) -> float:
        """Seconds until it is true."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            if tend:
                self.tend()
            with suppress(psycopg.OperationalError):  # it is being killed this moment
                if true():
                    return time.monotonic() - began
            time.sleep(0.1)
        raise AssertionError(f"not within {seconds} s: {self.told()}")

    def told(self) -> str:
        rows = [row for row in self.deliveries() if row.state != "arrived"]
        log = (self.folder / "worker.log").read_text()[-6000:]
        return f"{len(rows)} open: {rows[:50]}\nstrikes done: {self.plan.done}\n{log}"

    def ask(self, verb: str, **arguments: Any) -> Any:
        """Have something done at the desk."""
        if not self.desk:
            self.desk = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.desk"],
                env=self.environ, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            )  # fmt: skip
        assert self.desk.stdin
        assert self.desk.stdout
        self.desk.stdin.write(json.dumps([verb, arguments]) + "\n")
        self.desk.stdin.flush()
        return json.loads(self.desk.stdout.readline())

    def link(self, network: str, name: str, **answers: str) -> str:
        self.ask("link", network=network, name=name, answers=answers)
        return name

    def write(self, text: str, to: Sequence[str]) -> None:
        self.ask("write", text=text, to=list(to))

    def connect(self) -> psycopg.Connection[Any]:
        """A line of our own, by its socket."""
        return psycopg.connect(host=str(self.server.sockets), dbname="oyez", user="oyez")

    def rows(self, query: str) -> list[Any]:
        with self.connect() as line:
            return line.cursor(row_factory=namedtuple_row).execute(query.encode()).fetchall()

    def deliveries(self) -> list[Row]:
        found = self.rows(
            "select c.name, w.text, d.state, d.remote_id, d.attempt, d.resends, d.why"
            " from deliveries_delivery d join channels_channel c on c.id = d.channel_id"
            " join posts_wording w on w.id = d.wording_id order by d.id"
        )
        return [Row(*row) for row in found]

    def state_of(self, text: str) -> str:
        """The state of the delivery of this text that was planned last."""
        return [row.state for row in self.deliveries() if row.text == text][-1]

    def settled(self, count: int) -> Callable[[], bool]:
        """Are there that many deliveries, and is none open?"""
        query = (
            "select count(*) as planned, count(*) filter (where state not in"
            " ('arrived', 'refused', 'withheld', 'asking')) as open from deliveries_delivery"
        )

        def all_are() -> bool:
            (found,) = self.rows(query)
            return (found.planned, found.open) == (count, 0)

        return all_are

    def events(self, kind: str) -> int:
        return len(self.rows(f"select 1 from ledger_event where kind = '{kind}'"))

    def close_desk(self) -> None:
        if self.desk:
            self.desk.communicate(timeout=10)
        self.desk = None

    def end(self) -> None:
        self.close_desk()
        self._hands.shutdown()
        for worker in self.workers:
            with suppress(ProcessLookupError):
                os.killpg(worker.pid, signal.SIGKILL)
            worker.wait(10)
        self.server.stop(hard=True)


PASSWORD = "a-password-over-tcp"


def over_tcp(folder: Path) -> tuple[str, dict[str, str]]:
    """The address of a database that is reached by TCP with a password, and its server's settings.
    It has an address of this machine to itself, not a port: the port also names its socket.
    """
    address = f"127.{random.randrange(1, 255)}.{random.randrange(255)}.{random.randrange(1, 255)}"
    rules = folder / "pg_hba.conf"
    rules.write_text("local all all peer map=oyez\nhost all oyez 127.0.0.0/8 scram-sha-256\n")
    url = f"postgresql://oyez:{PASSWORD}@{address}:5432/oyez"
    return url, {"listen_addresses": address, "hba_file": str(rules)}


def surroundings(data: Path, plugins: Path, allow: str) -> dict[str, str]:
    paths = os.pathsep.join([str(plugins), str(ROOT / "src"), str(ROOT)])
    return {
        **{name: text for name, text in os.environ.items() if not name.startswith("OYEZ_")},
        "PYTHONPATH": paths,
        "DJANGO_SETTINGS_MODULE": "oyez.project.settings",
        "OYEZ_DATA": str(data),
        "OYEZ_PRACTICE": "no",
        "OYEZ_FOLLOW_LINKS": "no",
        "OYEZ_CALL_LIMIT": str(CALL_LIMIT),
        "OYEZ_ALLOW_PRIVATE": allow,
        "OYEZ_LOG_LEVEL": "INFO",
    }


def install_plugin(folder: Path) -> None:
    """What pip would have left of a package with networks."""
    info = folder / "oyez_judged-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: oyez-judged\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(ENTRY_POINTS)


def make_template(folder: Path) -> Path:
    """A stopped, migrated data folder, to be copied."""
    place = Place(folder)
    place.server.start()
    migrate = [sys.executable, "-m", "django", "migrate", "--noinput", "-v", "0"]
    subprocess.run(migrate, env=place.environ, check=True)
    place.server.stop()
    return place.data


@contextmanager
def a_place(
    template: Path, folder: Path, allow: str = "", *, external: bool = False
) -> Iterator[Place]:
    """A house of one's own, its database running."""
    folder.mkdir()
    subprocess.run(["cp", "-a", str(template), str(folder / "data")], check=True)
    place = Place(folder, allow, external=external)
    try:
        place.open()
        yield place
    finally:
        place.end()

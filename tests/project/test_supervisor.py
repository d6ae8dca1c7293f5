"""One command starts the house, keeps it running, and leaves nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from oyez.project import env, house, supervisor_knock, supervisor_plan
from tests.loopback import free_ports, until
from tests.project.places import a_folder, processes_of

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
PARTS = {"web", "practice", "worker"}


class AHouse:
    """A supervisor in a process of its own, over a real database and tiny stand-ins."""

    def __init__(self, data: Path, *before: str, **environ: str) -> None:
        self.data = data
        self.diary = data.parent / "diary"
        self.port, self.practice_port = free_ports(2)
        paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        self.environ = {
            **os.environ, "PYTHONPATH": paths, "STAND_IN_DIARY": str(self.diary),
            "STAND_IN_HEALTH": '{"well": false, "database": true, "worker": true}',
            "OYEZ_DATA": str(data), "OYEZ_PORT": str(self.port),
            "OYEZ_PRACTICE_PORT": str(self.practice_port), **environ,
        }  # fmt: skip
        self.said = data.parent / "said"
        with self.said.open("w") as said:
            self.process = subprocess.Popen(
                [*before, sys.executable, str(HERE / "stand_ins.py"), "house"],
                env=self.environ, stdout=said, stderr=said, start_new_session=True,
            )  # fmt: skip

    def says(self, words: str) -> bool:
        return words in self.said.read_text()

    def ready(self) -> AHouse:
        """It says so once the pages answer; the other stand-ins may begin a moment later."""
        until(lambda: self.says("the-link") or self.process.poll() is not None)
        assert self.says("Oyez is ready"), self.said.read_text()
        until(lambda: {note.split()[0] for note in self.notes()} >= PARTS)
        return self

    def pid_of(self, name: str) -> int:
        """The process that the diary names last under this name."""
        starts = [line for line in self.notes() if line.startswith(f"{name} starts")]
        return int(starts[-1].split()[-1])

    def database_pid(self) -> int:
        """0 while none runs."""
        with suppress(FileNotFoundError):
            return int((self.data / "pg" / "postmaster.pid").read_text().split()[0])
        return 0

    def notes(self) -> list[str]:
        return self.diary.read_text().splitlines() if self.diary.exists() else []

    def end(self, sign: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(sign)
        return self.process.wait(30)


@pytest.fixture
def folder() -> Iterator[Path]:
    with a_folder() as path:
        yield path


@pytest.fixture
def start(folder: Path) -> Iterator[Callable[..., AHouse]]:
    houses: list[AHouse] = []

    def start_one(*before: str, **environ: str) -> AHouse:
        houses.append(AHouse(folder / "data", *before, **environ))
        return houses[-1]

    yield start_one
    for one in houses:
        if one.process.poll() is None:
            one.end(signal.SIGTERM)


@pytest.fixture(scope="module")
def one() -> Iterator[AHouse]:
    """A house that several tests only look at."""
    with a_folder() as path:
        house = AHouse(path / "data").ready()
        yield house
        house.end()


def test_it_says_where_it_is_ready_and_then_who_may_come_in(one: AHouse) -> None:
    assert one.said.read_text().splitlines()[:6] == [
        "Starting the database…",
        "Preparing its tables…",
        "Starting web, practice and worker…",
        f"Oyez is ready: http://127.0.0.1:{one.port}",
        "Sign in once, within 15 minutes:",
        "the-link",
    ]


@pytest.mark.parametrize("told", ['{"database": true, "worker": false}', '{"database": false}', ""])
def test_without_database_or_worker_it_is_not_ready(told: str) -> None:
    with a_folder() as path:
        lame = AHouse(path / "data", STAND_IN_HEALTH=told)
        until(lambda: any(note.startswith("worker starts") for note in lame.notes()))
        settings = env.read(lame.environ)
        until(lambda: "/health answers" in (supervisor_knock.lacking(settings) or ""))
        assert not lame.says("Oyez is ready")
        assert lame.end() == 0


def test_the_one_time_link_stays_out_of_the_logs(one: AHouse) -> None:
    logs = list((one.data / "log").iterdir())
    assert {"migrate.log", "postgresql.log"} <= {log.name for log in logs}
    assert not any("the-link" in log.read_text() for log in logs)


def test_problems_of_a_part_are_shown_and_logged(one: AHouse) -> None:
    os.kill(one.pid_of("worker"), signal.SIGUSR1)
    until(lambda: one.says("worker: 2026-01-01 10:00:00,000 WARNING worker is only a stand-in"))
    assert "only a stand-in" in (one.data / "log" / "worker.log").read_text()


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_in_order_and_leaves_no_process(
    start: Callable[..., AHouse], sign: signal.Signals
) -> None:
    one = start().ready()
    assert len(processes_of(one.data)) > 4
    assert one.end(sign) == 0
    assert one.notes()[-3:] == ["web ends", "practice ends", "worker ends"]
    assert processes_of(one.data) == []
    assert "database system is shut down" in (one.data / "log" / "postgresql.log").read_text()
    assert house.holder(one.data) is None


def test_under_nohup_it_outlives_the_terminal(start: Callable[..., AHouse]) -> None:
    one = start("nohup").ready()
    one.process.send_signal(signal.SIGHUP)
    with pytest.raises(subprocess.TimeoutExpired):
        one.process.wait(1)


def test_a_second_interrupt_does_not_wait(start: Callable[..., AHouse]) -> None:
    one = start(STAND_IN_SLOWNESS="60").ready()
    one.process.send_signal(signal.SIGINT)
    until(lambda: one.says("Stopping"))
    began = time.monotonic()
    one.end()
    assert one.says("Stopped.")
    assert time.monotonic() - began < 4  # the web stand-in alone would have had five seconds
    assert processes_of(one.data) == []


@pytest.mark.fault
def test_a_killed_part_is_started_again(start: Callable[..., AHouse]) -> None:
    one = start().ready()
    first = one.pid_of("worker")
    os.kill(first, signal.SIGKILL)
    until(lambda: one.pid_of("worker") != first)
    assert one.says("worker ended (SIGKILL); starting it again in 1 s.")


@pytest.mark.fault
def test_a_killed_database_is_started_again(start: Callable[..., AHouse]) -> None:
    one = start().ready()
    first = one.database_pid()
    os.kill(first, signal.SIGKILL)
    until(lambda: one.says("The database ended") and one.database_pid() not in {0, first})
    assert one.end() == 0


@pytest.mark.fault
def test_nothing_outlives_a_killed_supervisor(start: Callable[..., AHouse]) -> None:
    one = start().ready()
    one.process.kill()
    one.process.wait()
    until(lambda: processes_of(one.data) == [], seconds=10)
    again = AHouse(one.data).ready()
    assert again.end() == 0


def test_a_part_that_ends_at_once_is_explained_and_all_is_taken_down(
    start: Callable[..., AHouse],
) -> None:
    one = start(STAND_IN_BROKEN="yes")
    assert one.process.wait(30) == 1
    assert one.says("worker ended at once (exit code 1). Its last words:\n  no such thing as luck")
    assert processes_of(one.data) == []


def test_a_second_house_on_the_same_data_says_where_the_first_one_is(one: AHouse) -> None:
    words = subprocess.run(
        one.process.args, env=one.environ, capture_output=True, text=True, check=False
    ).stderr
    where = f"(process {one.process.pid}): http://127.0.0.1:{one.port}"
    assert words == f"Oyez is already running on this data folder {where}\n"


def test_it_tells_commands_how_it_was_started_and_no_secret(
    start: Callable[..., AHouse],
) -> None:
    secret = "k1:" + "A" * 43 + "="
    one = start(OYEZ_URL="https://house.example", OYEZ_KEYS=secret).ready()
    told = house.running(one.data)
    assert told
    assert told.told["OYEZ_URL"] == "https://house.example"
    assert told.told["OYEZ_ALLOW_PRIVATE"] == f"127.0.0.1:{one.practice_port}"
    assert told.withheld == ["OYEZ_KEYS"]
    assert secret not in (one.data / "oyez.lock").read_text()
    elsewhere = one.environ | {"OYEZ_URL": "https://shell.example"}
    assert "OYEZ_URL is “https://shell.example” in this shell" in _says("--help", environ=elsewhere)
    bare = one.environ | {"OYEZ_KEYS": ""}
    assert "started with OYEZ_KEYS" in _says("keys", "list", environ=bare)
    assert not (one.data / "seal.keys").exists()


def _says(*words: str, environ: dict[str, str]) -> str:
    """What a command says on stderr."""
    command = [sys.executable, "-m", "oyez", *words]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False).stderr


def test_a_taken_port_is_refused_in_one_sentence(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        one = AHouse(folder / "data", OYEZ_PORT=str(port))
        assert one.process.wait(30) == 1
    assert one.said.read_text() == (
        f"Another program uses port {port} of 127.0.0.1: stop it, or choose another with --port.\n"
    )


def test_only_the_practice_server_is_added_to_the_addresses_allowed() -> None:
    settings = env.read({"OYEZ_ALLOW_PRIVATE": "10.0.0.7:443", "OYEZ_PORT": "9000"})
    given = supervisor_plan.surroundings(settings, {})
    assert given["OYEZ_ALLOW_PRIVATE"] == "10.0.0.7:443,127.0.0.1:9001"


def test_without_practice_no_address_is_added() -> None:
    settings = env.read({"OYEZ_PRACTICE": "no"})
    assert supervisor_plan.surroundings(settings, {})["OYEZ_ALLOW_PRIVATE"] == ""
    assert [part.name for part in supervisor_plan.plan(settings).parts] == ["web", "worker"]

"""The lock file says who holds a data folder; commands use a running house, or their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from oyez.project import embedded, env, house
from oyez.project.house import Holder, Lock
from oyez.project.trouble import Trouble
from tests.project.places import a_folder, a_server

TOLD = {"OYEZ_PORT": "8000", "OYEZ_URL": "https://oyez.example"}
HOUSE = Holder(os.getpid(), "house", False, "http://127.0.0.1:8000", TOLD, ["OYEZ_KEYS"])
COMMAND = Holder(os.getpid(), "command")


@pytest.fixture
def data() -> Iterator[Path]:
    with a_folder() as folder:
        yield folder / "data"


@pytest.fixture
def lock(data: Path) -> Iterator[Lock]:
    one = Lock(data)
    yield one
    one.release()


def settings(data: Path) -> env.Env:
    return env.read({"OYEZ_DATA": str(data), "OYEZ_ALLOW_PRIVATE": "10.0.0.7:443"})


def test_nobody_holds_a_new_folder(data: Path) -> None:
    assert house.holder(data) is None


def test_a_held_folder_names_its_holder_until_it_is_released(data: Path, lock: Lock) -> None:
    lock.take(HOUSE)
    assert house.holder(data) == HOUSE
    assert house.running(data) == HOUSE
    lock.release()
    assert house.holder(data) is None


def test_only_one_can_hold_it(data: Path, lock: Lock) -> None:
    lock.take(COMMAND)
    with pytest.raises(house.Held):
        Lock(data).take(HOUSE)
    assert house.holder(data) == COMMAND
    assert house.running(data) is None


@pytest.mark.skipif(os.geteuid() == 0, reason="every door is open to root")
def test_somebody_elses_folder_is_refused_in_one_sentence(data: Path, lock: Lock) -> None:
    lock.take(COMMAND)
    lock.release()
    lock.path.chmod(0)
    with pytest.raises(Trouble, match="belongs to another account"):
        lock.take(COMMAND)
    with pytest.raises(Trouble, match="belongs to another account"):
        house.holder(data)


@pytest.mark.fault
def test_a_killed_holder_holds_nothing(data: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from oyez.project.house import Holder, Lock\n"
        f"lock = Lock(Path({str(data)!r})); lock.take(Holder(1, 'house'))\n"
        "print('held', flush=True); time.sleep(60)"
    )
    source = str(Path(house.__file__).parents[2])
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": source},
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        assert house.running(data)
        other.kill()
        other.wait()
    assert house.holder(data) is None


def test_a_command_on_its_own_starts_the_database_and_stops_it(data: Path) -> None:
    with house.database(settings(data)) as ours:
        assert ours
        assert embedded.answers(data / "run")
        assert house.holder(data) == COMMAND
    assert not embedded.answers(data / "run")
    assert house.holder(data) is None


def test_a_command_uses_the_running_house(data: Path, lock: Lock) -> None:
    with a_server(data) as server:
        lock.take(HOUSE)
        lock.ready()
        with house.database(settings(data)) as ours:
            assert not ours
        assert server.alive


def test_work_that_must_be_alone_is_refused_while_a_house_runs(data: Path, lock: Lock) -> None:
    lock.take(HOUSE)
    lock.ready()
    with pytest.raises(Trouble, match="stop it first"), house.database(settings(data), alone=True):
        pass


def test_a_command_waits_for_another_one(data: Path, lock: Lock) -> None:
    lock.take(COMMAND)
    began = time.monotonic()
    threading.Timer(0.5, lock.release).start()
    with house.database(settings(data)) as ours:
        assert ours
        assert time.monotonic() - began >= 0.5


def test_a_command_does_not_wait_for_ever(
    data: Path, lock: Lock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house, "BRIEFLY", 0.2)
    lock.take(COMMAND)
    with pytest.raises(Trouble, match="wait for it, or end it"), house.database(settings(data)):
        pass


def test_an_external_database_needs_no_server_of_ours(data: Path) -> None:
    external = env.read({"OYEZ_DATA": str(data), "OYEZ_DATABASE_URL": "postgresql://u@h/n"})
    with house.database(external):
        assert not (data / "pg").exists()


def test_a_house_of_another_version_is_known_all_the_same(data: Path, lock: Lock) -> None:
    lock.take(HOUSE)
    with lock.path.open("w") as file:
        json.dump({"pid": 7, "kind": "house", "ready": True, "practice_port": 8001}, file)
    assert house.running(data) == Holder(7, "house", ready=True)

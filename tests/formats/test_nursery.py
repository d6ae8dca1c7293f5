"""Does the warm process serve many threads, come back from the dead, and leave nothing behind?"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from oyez.formats.contract import Limits, ReaderDown, TooHeavy
from oyez.formats.nursery import Nursery
from oyez.formats.packing import unpack
from tests.formats.pages import an_item, an_rss
from tests.servers.raw import reply, serving

FACTS = {"content_type": "", "url": "https://served.example/"}
LIMITS = Limits(cpu_seconds=1, wall_seconds=5)
SLOW = an_rss(an_item(author="a" * 400_000)).encode()


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    own = Nursery()
    yield own
    own.close()


def title_from(nursery: Nursery, title: str) -> str:
    return unpack(nursery.ask(an_rss(title=title).encode(), FACTS, LIMITS)).title


def within(seconds: float, what: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while not what() and time.monotonic() < deadline:
        time.sleep(0.02)
    return what()


def test_many_threads_each_get_their_own_answer(nursery: Nursery) -> None:
    titles = [f"Feed {number}" for number in range(60)]
    with ThreadPoolExecutor(12) as threads:
        assert list(threads.map(lambda title: title_from(nursery, title), titles)) == titles


def test_a_slow_document_does_not_hold_up_the_others(nursery: Nursery) -> None:
    title_from(nursery, "warm")
    with ThreadPoolExecutor(1) as threads:
        slow = threads.submit(nursery.ask, SLOW, FACTS, LIMITS)
        began = time.monotonic()
        assert title_from(nursery, "quick") == "quick"
        assert time.monotonic() - began < 1
        assert not slow.done()
        assert isinstance(slow.exception(), TooHeavy)


def test_a_killed_nursery_is_replaced_without_the_caller_noticing(nursery: Nursery) -> None:
    title_from(nursery, "one")
    before = nursery.pid
    assert before
    os.kill(before, signal.SIGKILL)
    assert title_from(nursery, "two") == "two"
    assert nursery.pid not in {before, None}


def test_a_stuck_nursery_is_replaced(nursery: Nursery) -> None:
    title_from(nursery, "one")
    before = nursery.pid
    assert before
    os.kill(before, signal.SIGSTOP)
    answer = nursery.ask(an_rss(title="two").encode(), FACTS, Limits(wall_seconds=0.2))
    assert unpack(answer).title == "two"
    assert not psutil.pid_exists(before)


def test_a_nursery_that_cannot_start_is_our_fault_and_not_the_feed_s(
    nursery: Nursery, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "path", ["/nowhere"])
    with pytest.raises(ReaderDown, match="will be tried again|cannot be started"):
        title_from(nursery, "one")
    assert "No module named" in capfd.readouterr().err


def test_no_zombie_and_no_child_is_left(nursery: Nursery) -> None:
    for number in range(20):
        title_from(nursery, str(number))
    assert nursery.pid
    minder = psutil.Process(nursery.pid)
    assert within(2, lambda: minder.children() == [])
    nursery.close()
    assert not minder.is_running()


def test_a_child_holds_no_descriptor_but_its_own_and_may_write_no_file(nursery: Nursery) -> None:
    title_from(nursery, "warm")
    assert nursery.pid
    minder = psutil.Process(nursery.pid)
    with ThreadPoolExecutor(2) as threads:
        both = [threads.submit(nursery.ask, SLOW, FACTS, LIMITS) for _ in range(2)]
        assert within(2, lambda: len(minder.children()) == 2)
        time.sleep(0.2)
        child = minder.children()[1]
        assert {path.name for path in Path(f"/proc/{child.pid}/fd").iterdir()} == {
            "0",
            "1",
            "2",
            "3",
        }
        assert child.rlimit(psutil.RLIMIT_FSIZE) == (0, 0)
        assert child.rlimit(psutil.RLIMIT_AS) == (LIMITS.memory_bytes, LIMITS.memory_bytes)
        assert [type(one.exception()) for one in both] == [TooHeavy, TooHeavy]


def test_the_nursery_dies_with_its_owner_and_takes_its_children_along() -> None:
    script = (
        "import sys, json, threading, time; sys.path[:] = json.loads(sys.argv[1])\n"
        "from tests.formats.test_nursery import *\n"
        "nursery = Nursery(); title_from(nursery, 'warm')\n"
        "long = Limits(cpu_seconds=30, wall_seconds=30)\n"
        "threading.Thread(target=nursery.ask, args=(SLOW, FACTS, long)).start(); time.sleep(0.3)\n"
        "print(nursery.pid, flush=True); time.sleep(60)\n"
    )
    command = [sys.executable, "-c", script, json.dumps([path for path in sys.path if path])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout
        minder = psutil.Process(int(owner.stdout.readline()))
        family = [minder, *minder.children()]
        owner.kill()
    assert len(family) == 2
    assert within(5, lambda: not any(alive(one) for one in family))


def alive(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def test_a_fork_of_the_owner_gets_a_nursery_of_its_own(nursery: Nursery) -> None:
    title_from(nursery, "one")
    before = nursery.pid
    code = (
        "import os, sys, json; sys.path[:] = json.loads(sys.argv[1])\n"
        "from oyez.formats.nursery import nursery\n"
        "from tests.formats.test_nursery import title_from\n"
        "title_from(nursery, 'parent'); mine = nursery.pid\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    ok = title_from(nursery, 'child') == 'child' and nursery.pid != mine\n"
        "    nursery.close(); os._exit(0 if ok else 1)\n"
        "assert os.waitpid(child, 0)[1] == 0\n"
        "assert title_from(nursery, 'again') == 'again' and nursery.pid == mine\n"
    )
    told = json.dumps([path for path in sys.path if path])
    assert subprocess.run([sys.executable, "-c", code, told], check=False).returncode == 0
    assert nursery.pid == before


def test_a_fault_of_our_own_is_not_blamed_on_the_feed(nursery: Nursery) -> None:
    with pytest.raises(ReaderDown, match="own process failed"):
        nursery.ask(b"<rss/>", FACTS, Limits(wall_seconds=-1.0))  # no timer takes it
    assert title_from(nursery, "next") == "next"


@pytest.fixture(scope="module")
def taken_over() -> Iterator[Nursery]:
    """A reader whose documents have learnt to run code of their own."""
    own = Nursery("tests.formats.escaping_craft")
    yield own
    own.close()


def attempt(nursery: Nursery, what: str, on: str = "") -> str:
    """Why it failed; empty if it did not."""
    told = json.loads(nursery.ask(on.encode(), {"try": what}, LIMITS))
    return str(told["failed"])


@pytest.mark.parametrize("what", ["many files", "processes", "rights"])
def test_a_document_that_runs_code_is_held(taken_over: Nursery, what: str) -> None:
    assert attempt(taken_over, what)


def test_a_document_that_runs_code_writes_nothing(taken_over: Nursery, tmp_path: Path) -> None:
    file = tmp_path / "a"
    attempt(taken_over, "write", str(file))
    assert not file.exists() or file.read_bytes() == b""


def test_a_document_that_runs_code_reaches_nobody(taken_over: Nursery) -> None:
    alone = "import sys; from oyez.formats import apart; sys.exit(not apart.leave_the_network())"
    if subprocess.run([sys.executable, "-c", alone], check=False).returncode:
        pytest.skip("This kernel lets nobody have a network of their own.")
    with serving(lambda _: reply(b"hello")) as server:
        assert attempt(taken_over, "connect", server.address)
        assert server.connections == 0

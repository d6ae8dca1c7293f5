"""Who reads a hostile document without harm to us? A warm process with a limited child for each.

A nursery does one craft (feed_craft, picture_craft) and serves all threads of a process. Each
request brings its own pair of connected sockets: we keep one end and hand the other to the nursery,
which forks a child that reads the request from it and writes the answer to it. The nursery adds a
last word on how the child ended; no last word means that the nursery itself died.
"""

from __future__ import annotations

import atexit
import json
import os
import socket  # noqa: TID251  pairs between our own two processes: they have no address
import subprocess
import sys
import threading
import time
from contextlib import suppress

from oyez.formats.contract import Limits, ReaderDown, TooHeavy
from oyez.formats.packing import FAILED, HEAD, LAST_WORD

AT_ONCE = 4
"""Children at the same moment: a bound on memory (AT_ONCE x 512 MB) however many threads ask."""

_FEEDS = "oyez.formats.feed_craft"

_TOO_HEAVY = (
    "This document was given up because reading it took too much time or memory, "
    "which no real feed does."
)
_GRACE = 2.0  # seconds past the wall limit: by then the child's own alarm has ended it
_LARGEST_ANSWER = 64 * 1024 * 1024
_START = (
    "import json, sys; told = json.loads(sys.argv[1]); sys.path[:] = told['path']; "
    "from oyez.formats.cradle import serve; from {craft} import CRAFT; "
    "serve(told['control'], CRAFT)"
)


class Nursery:
    """The warm process as its owner sees it: safe from many threads, started by first use."""

    def __init__(
        self,
        craft: str = _FEEDS,
        *,
        whose: str = "The feed reader's own process",
        then: str = "the feed will be tried again",
        heavy: str = _TOO_HEAVY,
        at_once: int = AT_ONCE,
    ) -> None:
        """`craft` is the module with the CRAFT; the sentences are for people who wait for it."""
        self._craft, self._at_once = craft, at_once
        self._whose, self._then, self._heavy = whose, then, heavy
        self._begin()

    def _begin(self) -> None:
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(self._at_once)
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    @property
    def pid(self) -> int | None:
        """The warm process's id while it lives."""
        process = self._process
        return process.pid if process and process.poll() is None else None

    def ask(self, body: bytes, facts: dict[str, str], limits: Limits) -> bytes:
        """What a limited child answers. Raises TooHeavy, or ReaderDown after two tries."""
        with self._places:
            for _ in range(2):
                ours, minder = self._admit()
                with ours:
                    told, ended = _converse(ours, body, facts, limits)
                if ended is not None:
                    return self._judged(told, ended)
                self._replace(minder)
        raise ReaderDown(f"{self._whose} died twice; {self._then}.")

    def close(self) -> None:
        """End the warm process and its children; the next question starts a new one."""
        with self._lock:
            self._stop()

    def _admit(self) -> tuple[socket.socket, subprocess.Popen[bytes]]:
        """A new child to talk to, and the warm process that minds it."""
        with self._lock:
            for _ in range(2):
                control, minder = self._running()
                ours, theirs = socket.socketpair()
                with theirs:
                    try:
                        socket.send_fds(control, [b"."], [theirs.fileno()])
                        return ours, minder
                    except OSError:  # it died since we looked: start another
                        ours.close()
                        self._stop()
        raise ReaderDown(f"{self._whose} cannot be started; the log says why.")

    def _replace(self, minder: subprocess.Popen[bytes]) -> None:
        """It never said how its child ended: dead or stuck. Another thread may have been first."""
        with self._lock:
            if self._process is minder:
                minder.kill()
                self._stop()

    def _running(self) -> tuple[socket.socket, subprocess.Popen[bytes]]:
        if self._control is None or self._process is None or self._process.poll() is not None:
            self._stop()
            self._control, self._process = _start(self._craft)
        return self._control, self._process

    def _stop(self) -> None:
        if self._control:
            self._control.close()
        if self._process:
            try:
                self._process.wait(timeout=1)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._control = self._process = None

    def forget(self) -> None:
        """In a fork of the owner: the nursery is the parent's, so let go without ending it."""
        if self._control:
            self._control.close()
        if self._process:
            self._process.returncode = 0  # not our child: nothing to wait for
        self._begin()  # a fresh lock too: another thread may have held it

    def _judged(self, told: bytes, ended: int) -> bytes:
        if ended == 0 and told:
            return told
        if ended == FAILED:
            raise ReaderDown(f"{self._whose} failed; {self._then}.")
        raise TooHeavy(self._heavy)


def _start(craft: str) -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """Isolated from PYTHON* and the working folder, so our import path is handed over in words."""
    control, theirs = socket.socketpair()
    path = [os.path.abspath(folder) for folder in sys.path if folder]
    told = json.dumps({"path": path, "control": theirs.fileno()})
    with theirs:
        process = subprocess.Popen(  # noqa: S603  our own interpreter and our own words
            [sys.executable, "-I", "-c", _START.format(craft=craft), told],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            env={"TZ": "UTC", "LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )
    return control, process


def _converse(
    ours: socket.socket, body: bytes, facts: dict[str, str], limits: Limits
) -> tuple[bytes, int | None]:
    """The child's answer and how it ended; None where its minder was gone before it could say."""
    deadline = time.monotonic() + limits.wall_seconds + _GRACE
    head = json.dumps(
        [facts, limits.cpu_seconds, limits.wall_seconds, limits.memory_bytes]
    ).encode()
    ours.settimeout(limits.wall_seconds + _GRACE)
    with suppress(OSError):  # a child that died while we spoke has still its last word
        ours.sendall(HEAD.pack(len(head)) + head + body)
        ours.shutdown(socket.SHUT_WR)
    return _last_word(_everything(ours, deadline))


def _everything(ours: socket.socket, deadline: float) -> bytes:
    """All that comes before the other end closes; what is there when time or size runs out."""
    pieces = bytearray()
    with suppress(OSError):
        while len(pieces) < _LARGEST_ANSWER:
            ours.settimeout(max(0.001, deadline - time.monotonic()))
            piece = ours.recv(262_144)
            if not piece:
                break
            pieces += piece
        return bytes(pieces)
    return bytes(pieces)


def _last_word(told: bytes) -> tuple[bytes, int | None]:
    if len(told) >= LAST_WORD.size:
        mark, status = LAST_WORD.unpack(told[-LAST_WORD.size :])
        if mark == b"end!":
            return told[: -LAST_WORD.size], os.waitstatus_to_exitcode(status)
    return told, None


def one_of_this_process(own: Nursery) -> Nursery:
    """`own`, ended when this process ends, and let go of in a fork of it."""
    atexit.register(own.close)
    os.register_at_fork(after_in_child=own.forget)
    return own


nursery = one_of_this_process(Nursery())
"""The one for feeds."""

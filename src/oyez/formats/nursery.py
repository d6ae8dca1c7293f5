"""Who reads a hostile document without harm to us? A warm process with a limited child for each.

One nursery serves all threads of a worker. Each request brings its own pair of connected sockets:
we keep one end and hand the other to the nursery, which forks a child that reads the request from
it and writes the answer to it. The nursery adds a last word on how the child ended; no last word
means that the nursery itself died.
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

_GRACE = 2.0  # seconds past the wall limit: by then the child's own alarm has ended it
_LARGEST_ANSWER = 64 * 1024 * 1024
_START = (
    "import json, sys; told = json.loads(sys.argv[1]); sys.path[:] = told['path']; "
    "from oyez.formats.cradle import serve; serve(told['control'])"
)


class Nursery:
    """The warm process as its owner sees it: safe from many threads, started by first use."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(AT_ONCE)
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
                    return _judged(told, ended)
                self._replace(minder)
        raise ReaderDown("The feed reader's own process died twice; the feed will be tried again.")

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
        raise ReaderDown("The feed reader's own process cannot be started; the log says why.")

    def _replace(self, minder: subprocess.Popen[bytes]) -> None:
        """It never said how its child ended: dead or stuck. Another thread may have been first."""
        with self._lock:
            if self._process is minder:
                minder.kill()
                self._stop()

    def _running(self) -> tuple[socket.socket, subprocess.Popen[bytes]]:
        if self._control is None or self._process is None or self._process.poll() is not None:
            self._stop()
            self._control, self._process = _start()
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
        self.__init__()  # type: ignore[misc]  # a fresh lock too: another thread may have held it


def _start() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """Isolated from PYTHON* and the working folder, so our import path is handed over in words."""
    control, theirs = socket.socketpair()
    path = [os.path.abspath(folder) for folder in sys.path if folder]
    told = json.dumps({"path": path, "control": theirs.fileno()})
    with theirs:
        process = subprocess.Popen(  # noqa: S603  our own interpreter and our own words
            [sys.executable, "-I", "-c", _START, told],
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


def _judged(told: bytes, ended: int) -> bytes:
    if ended == 0 and told:
        return told
    if ended == FAILED:
        raise ReaderDown("The feed reader's own process failed; the feed will be tried again.")
    raise TooHeavy(
        "This document was given up because reading it took too much time or memory, "
        "which no real feed does."
    )


nursery = Nursery()
"""The one of this process."""

atexit.register(nursery.close)
os.register_at_fork(after_in_child=nursery.forget)

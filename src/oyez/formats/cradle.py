"""What runs inside a warm process? For each document a limited child; then how it ended.

What the child does with the document is its craft: the warm process has one, ready to be forked.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import socket  # noqa: TID251  pairs between our own two processes: they have no address
import time
from contextlib import suppress
from selectors import EVENT_READ, DefaultSelector

from oyez.formats.apart import gain_nothing, hold_to, leave_the_network
from oyez.formats.contract import FormatError, TooHeavy
from oyez.formats.craft import Craft
from oyez.formats.packing import FAILED, HEAD, LAST_WORD, OUT_OF_MEMORY, pack_refusal

_MOST_FILES = 16
_FIRST_ALARM = 30.0  # seconds for the owner to say what the limits are


def serve(control_fd: int, craft: Craft) -> None:
    """Work until the owner's end of the control socket closes, which its death does too."""
    time.tzset()
    control = socket.socket(fileno=control_fd)
    control.set_inheritable(False)
    children: dict[int, socket.socket] = {}
    wake = _wake_on_child_end()
    leave_the_network()
    gain_nothing()
    _settle(craft)
    with DefaultSelector() as ready:
        ready.register(control, EVENT_READ)
        ready.register(wake, EVENT_READ)
        while True:
            for key, _ in ready.select():
                if key.fileobj == wake:
                    os.read(wake, 512)
                    _reap(children)
                elif not _take(control, children, craft):
                    return _end(children)


def _wake_on_child_end() -> int:
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return reading


def _settle(craft: Craft) -> None:
    """Work once, so that lazy imports are done before the first fork; then keep pages shared."""
    craft.warm()
    gc.collect()
    gc.freeze()
    gc.disable()


def _take(control: socket.socket, children: dict[int, socket.socket], craft: Craft) -> bool:
    """One document: fork for it. False when the owner has gone."""
    said, fds, _, _ = socket.recv_fds(control, 1, 1)
    if not said or not fds:
        return False
    talk = socket.socket(fileno=fds[0])
    child = os.fork()
    if child == 0:
        _live(talk.fileno(), craft)
    children[child] = talk
    return True


def _reap(children: dict[int, socket.socket]) -> None:
    while True:
        try:
            child, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not child:
            return
        with children.pop(child) as talk, suppress(OSError):  # nobody may be listening any more
            talk.settimeout(1.0)
            talk.sendall(LAST_WORD.pack(b"end!", status))


def _end(children: dict[int, socket.socket]) -> None:
    for child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    os._exit(0)


def _live(fd: int, craft: Craft) -> None:
    """The child's whole life: limits, read, work, answer, out. Never returns."""
    code = FAILED
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, _FIRST_ALARM)  # unhandled: it ends the process
        talk = _alone_with(fd)
        facts, body = _request(talk)
        talk.sendall(_answer(craft, body, facts))
        code = 0
    except MemoryError:
        code = OUT_OF_MEMORY
    finally:  # nothing may unwind into the nursery's own loop
        os._exit(code)


def _alone_with(fd: int) -> socket.socket:
    """Close every other descriptor: other documents' sockets and the nursery's own."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.dup2(fd, 3)
    os.closerange(4, max(1024, fd + 1, nowhere + 1))
    return socket.socket(fileno=3)


def _request(talk: socket.socket) -> tuple[dict[str, str], bytes]:
    with talk.makefile("rb") as told:
        (size,) = HEAD.unpack(told.read(HEAD.size))
        facts, cpu, wall, memory = json.loads(told.read(size))
        _limit(cpu, wall, memory)
        return facts, told.read()


def _limit(cpu: int, wall: float, memory: int) -> None:
    hold_to(
        {
            resource.RLIMIT_CPU: cpu,
            resource.RLIMIT_AS: memory,
            resource.RLIMIT_NOFILE: _MOST_FILES,
            resource.RLIMIT_FSIZE: 0,
            resource.RLIMIT_NPROC: 0,  # no child of its own; root is above this one
            resource.RLIMIT_CORE: 0,
        }
    )
    signal.setitimer(signal.ITIMER_REAL, wall)


def _answer(craft: Craft, body: bytes, facts: dict[str, str]) -> bytes:
    try:
        return craft.answer(body, facts)
    except FormatError as refusal:
        return pack_refusal(refusal)
    except (MemoryError, RecursionError, SystemError) as broken:
        # C code that finds no memory does not always manage to say so: then it is a SystemError.
        return pack_refusal(TooHeavy(craft.too_much), type(broken).__name__)
    except Exception as broken:  # noqa: BLE001  readers trip over broken documents in a dozen ways
        return pack_refusal(craft.broken, f"{type(broken).__name__}: {broken}")

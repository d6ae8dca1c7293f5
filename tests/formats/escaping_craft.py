"""A craft whose document has taken over the child: it tries what no reader may do, and tells."""

from __future__ import annotations

import json
import os
import resource
import socket
from collections.abc import Callable, Mapping
from pathlib import Path

from oyez.formats.contract import NotAFeed
from oyez.formats.craft import Craft


def _connect(where: str) -> None:
    host, _, port = where.rpartition(":")
    with socket.create_connection((host, int(port)), timeout=1):
        pass


def _write(path: str) -> None:
    with open(path, "wb", buffering=0) as file:
        file.write(b"a")


def _many_files(_: str) -> None:
    kept = [os.open(os.devnull, os.O_RDONLY) for _ in range(100)]
    assert kept


def _processes(_: str) -> None:
    """Root is above the limit itself, so that it is looked at instead."""
    if resource.getrlimit(resource.RLIMIT_NPROC)[1] == 0:
        raise OSError("none allowed")


def _rights(_: str) -> None:
    if "NoNewPrivs:\t1" in Path("/proc/self/status").read_text():
        raise OSError("no new rights")


TRIES: Mapping[str, Callable[[str], None]] = {
    "connect": _connect,
    "write": _write,
    "many files": _many_files,
    "processes": _processes,
    "rights": _rights,
}


def _answer(body: bytes, facts: Mapping[str, str]) -> bytes:
    try:
        TRIES[facts["try"]](body.decode())
    except OSError as error:
        return json.dumps({"failed": str(error) or type(error).__name__}).encode()
    return json.dumps({"failed": ""}).encode()


CRAFT = Craft(_answer, lambda: None, "Too much.", NotAFeed("Broken."))

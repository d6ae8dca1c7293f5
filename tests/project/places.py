"""Folders for servers: short, where other accounts can walk; and who lives on one of them."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from oyez.project import env
from oyez.project.embedded import Server
from tests.database import HASTE


def processes_of(folder: Path) -> list[int]:
    """All processes that name this folder in their command line or environment."""
    word = str(folder).encode()
    return [int(entry.name) for entry in Path("/proc").iterdir() if _names(entry, word)]


def _names(entry: Path, word: bytes) -> bool:
    if not entry.name.isdecimal() or int(entry.name) == os.getpid():
        return False
    with suppress(OSError):  # it ended this moment
        return any(word in (entry / part).read_bytes() for part in ("cmdline", "environ"))
    return False


@contextmanager
def a_folder(mode: int = 0o755) -> Iterator[Path]:
    """pytest's own folders are closed to other accounts, and long."""
    path = Path(tempfile.mkdtemp(prefix="oyez-"))
    path.chmod(mode)
    try:
        yield path
    finally:
        shutil.rmtree(path)


@contextmanager
def a_server(
    data: Path, *, account: str = "", binaries: str = "", **extra: str
) -> Iterator[Server]:
    """A started server, in haste unless told otherwise, stopped at the end."""
    settings = env.read({"OYEZ_DATA": str(data), "OYEZ_PG_USER": account, "OYEZ_PG_BIN": binaries})
    server = Server(data, settings, HASTE | extra)
    try:
        server.start()
        yield server
    finally:
        server.stop()

"""A small disk that can be filled and emptied, for whoever may mount one."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.faults.contract import NotHeld

SIZE = 400  # MB
MOUNT, UNMOUNT = "/bin/mount", "/bin/umount"
PIECE = b"\0" * 10**6


@contextmanager
def a_small_disk(folder: Path) -> Iterator[Path]:
    """In memory. Only root may; where it cannot be had, the row says so instead of passing."""
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={SIZE}m,mode=755", "none", str(folder)]
    if os.geteuid() or subprocess.run([MOUNT, *options], check=False).returncode:
        raise NotHeld({"tried": False}, "Not tried: nobody may mount a small disk here.")
    try:
        yield folder
    finally:
        subprocess.run([UNMOUNT, "-l", str(folder)], check=True)


def fill(disk: Path) -> Path:
    """To the last byte; the file that does so."""
    ballast = disk / "ballast"
    with ballast.open("ab", buffering=0) as file:
        for size in (len(PIECE), 4096, 1):
            _fill(file.fileno(), size)
    return ballast


def _fill(file: int, size: int) -> None:
    try:
        while os.write(file, PIECE[:size]):
            pass
    except OSError:  # it is full
        return

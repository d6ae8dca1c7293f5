"""How full is the disk, and what does that mean for us?

Asked of the system at each question: no answer is old, none needs the database, and none is written
anywhere. So it also works where nothing else does, and a recovery needs nobody to notice it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

MB = 10**6
LOW_SHARE, KEPT_SHARE = 0.1, 0.05  # of a disk too small for limits in MB
NOTHING = 20  # MB; PostgreSQL's journal grows by 17 at a time


class Level(IntEnum):
    ENOUGH = 0
    LOW = 1
    SHORT = 2  # what is left is kept for what is due, and for the record
    FULL = 3


SAYS: Mapping[Level, str] = {
    Level.ENOUGH: "",
    Level.LOW: "The disk has {free} MB left: make room on it soon.",
    Level.SHORT: "The disk has {free} MB left: make room on it. Until then no feeds are read and "
    "no pictures or films are taken in; messages still go out.",
    Level.FULL: "The disk is full and nothing can be saved: make room on it, and all goes on by "
    "itself.",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """In MB: with less than `low` we say so, with less than `kept` we take in nothing large."""

    low: int
    kept: int


@dataclass(frozen=True, slots=True)
class Disk:
    level: Level
    free: int  # MB

    @property
    def short(self) -> bool:
        return self.level >= Level.SHORT

    @property
    def full(self) -> bool:
        return self.level == Level.FULL

    @property
    def says(self) -> str:
        """What is wrong and what to do, in a sentence; empty while there is enough."""
        return SAYS[self.level].format(free=self.free)


def look(folders: Iterable[Path], limits: Limits) -> Disk:
    """The fullest of the disks that these folders are on; what does not exist is on none."""
    found = [shutil.disk_usage(folder) for folder in folders if folder.exists()]
    judged = [Disk(judge(one.free / MB, one.total / MB, limits), one.free // MB) for one in found]
    return max(judged, key=lambda disk: (disk.level, -disk.free), default=Disk(Level.ENOUGH, 0))


def judge(free: float, size: float, limits: Limits) -> Level:
    """On a small disk the limits are a share of it."""
    kept = min(limits.kept, size * KEPT_SHARE)
    if free < min(NOTHING, kept / 2):
        return Level.FULL
    if free < kept:
        return Level.SHORT
    return Level.LOW if free < min(limits.low, size * LOW_SHARE) else Level.ENOUGH


def told(report: Mapping[str, object], disk: Disk) -> dict[str, object]:
    """A report on the house that also tells of its disk: short of space, it is not well."""
    space = {"level": disk.level.name.lower(), "free_mb": disk.free}
    return {**report, "well": bool(report["well"]) and not disk.short, "disk": space}

"""What do we know of the chain outside the database? Marks in files of the data folder.

Who can write the database alone can cut the chain's end off, or begin it anew, and cannot reach
these. `record.head` is the newest mark; `record.marks` gathers one every ten minutes, and every
restore of a backup, each a line of JSON.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import get_ident

from oyez.ledger.rules import Mark, Restored, mark

EVERY = timedelta(minutes=10)


class Anchors:
    """The two files of one data folder."""

    def __init__(self, data: Path) -> None:
        self._head, self._marks = data / "record.head", data / "record.marks"

    def note(self, head: Mark, at: datetime) -> None:
        """The chain goes so far now."""
        if not self._marks.exists() or at.timestamp() - self._marks.stat().st_mtime > _SECONDS:
            self._append({"at": at.isoformat(), "position": head.position, "head": head.head})
        draft = self._head.with_name(f".{self._head.name}.{os.getpid()}.{get_ident()}")
        _make(draft)
        draft.write_text(f"{head}\n")
        draft.replace(self._head)

    def keep(self, head: Mark) -> None:
        """This head, which the chain no longer passes through, counts for ever."""
        self._append({"position": head.position, "head": head.head})

    def restored(self, position: int, at: datetime, file: str) -> None:
        """A backup was put back whose chain ends at this position."""
        if head := self.newest():  # how far it went is to be known afterwards
            self.keep(head)
        self._append({"at": at.isoformat(), "restored": position, "file": file})
        self._head.unlink(missing_ok=True)

    def noted(self) -> Iterator[Mark | Restored]:
        """Everything noted, oldest first."""
        if self._marks.exists():
            with self._marks.open(encoding="utf-8") as lines:
                yield from (_read(line) for line in lines if line.strip())
        if head := self.newest():
            yield head

    def newest(self) -> Mark | None:
        """The head that was noted last; None where the file says none, as after a power cut."""
        return mark(self._head.read_text()) if self._head.exists() else None

    def _append(self, line: dict[str, object]) -> None:
        _make(self._marks)
        with self._marks.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def _make(file: Path) -> None:
    """For the house’s own account alone: a command of root’s must not shut the worker out."""
    if file.exists():
        return
    file.touch(mode=0o600)
    if os.geteuid() == 0:
        owner = file.parent.stat()
        os.chown(file, owner.st_uid, owner.st_gid)


_SECONDS = EVERY.total_seconds()


def _read(line: str) -> Mark | Restored:
    said = json.loads(line)
    if "restored" in said:
        return Restored(int(said["restored"]), str(said["at"]))
    return Mark(int(said["position"]), str(said["head"]))

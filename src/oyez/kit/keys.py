"""Where do the keys of the seal come from, and how does a file of them change under running feet?

A file is read each time a seal is wanted: whoever rotates its keys restarts nobody. It changes as a
whole or not at all, whatever dies in between.
"""

from __future__ import annotations

import os
from collections.abc import Container
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from oyez.kit.seal import Seal, WrongKeys


class Keys(Protocol):
    """A source of keys, newest first."""

    @property
    def where(self) -> str:
        """In words."""

    def text(self) -> str:
        """All of them, as they are now: the secret of secrets, for the seal alone."""

    def seal(self) -> Seal:
        """The seal as the keys are now. Raises WrongKeys."""


class GivenKeys:
    """Keys from a setting: the same as long as the process lives."""

    where = "the setting OYEZ_KEYS"

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return f"<keys of {self.where}>"

    def text(self) -> str:
        return self._text

    def seal(self) -> Seal:
        return _seal(self._text)


class KeysElsewhere(Exception):
    """The house has keys, and this process was not given them. No other ones will do."""


class KeptElsewhere:
    """The keys of a running house that were a setting of its own shell alone. Whatever needs none
    of them, such as stopping, works; the rest ends with `says`, before it takes a channel for shut.
    """

    where = "the setting OYEZ_KEYS of the running house"

    def __init__(self, says: str) -> None:
        self._says = says

    def text(self) -> str:
        raise KeysElsewhere(self._says)

    def seal(self) -> Seal:
        raise KeysElsewhere(self._says)


class KeyFile:
    """Keys from a file of the house's own, for its owner alone."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.where = f"the file {path}"

    def __repr__(self) -> str:
        return f"<keys of {self.where}>"

    def text(self) -> str:
        try:
            return self.path.read_text().strip()
        except OSError as trouble:
            raise WrongKeys(f"{self.path} cannot be read: put the file of keys back.") from trouble

    def seal(self) -> Seal:
        return _seal(self.text())

    @property
    def changed_at(self) -> float:
        """When a key was last added or dropped, in seconds since 1970."""
        return self.path.stat().st_mtime

    def put_first(self, entry: str) -> None:
        """From now on this key seals; all others still open."""
        self._write([entry, *_entries(self.text())])

    def drop(self, ids: Container[str]) -> None:
        """What these keys sealed opens no more; the one that seals stays whatever is said."""
        first, *others = _entries(self.text())
        self._write([first, *(one for one in others if one.partition(":")[0] not in ids)])

    def _write(self, entries: list[str]) -> None:
        draft, now = self.path.with_name(f".{self.path.name}.new"), self.path.stat()
        draft.unlink(missing_ok=True)  # of somebody who died here
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            os.fchown(descriptor, now.st_uid, now.st_gid)  # root may rotate what is another's
            file.write(",".join(entries))
            file.flush()
            os.fsync(descriptor)
        draft.replace(self.path)
        _settle(self.path.parent)


def _settle(folder: Path) -> None:
    """A new name in a folder outlives a power cut only once the folder is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _entries(text: str) -> list[str]:
    return [entry.strip() for entry in text.split(",") if entry.strip()]


@lru_cache(maxsize=4)
def _seal(text: str) -> Seal:
    return Seal(text)

"""How does the record show that it was changed? Each link holds a digest of all before it, and is
sealed with a key that the database does not have.

A name is no part of the chain: a salted commitment to it is, so that a name can be erased (ADR 17).
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

BEFORE_ALL = bytes(32)  # the head before the first link
LATE = timedelta(minutes=5)  # an event that has waited so long for its link is said aloud
VERY_LATE = 3_600_000_000  # microseconds between what an event says of itself and its link
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_write = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class Happening(NamedTuple):
    """An event as the chain sees it: everything but the name, for which `signature` stands."""

    id: int
    kind: str
    on_kind: str
    on_id: str
    by_kind: str
    by_id: str
    at: int  # microseconds since 1970
    data: object


def microseconds(moment: datetime) -> int:
    """Since 1970: a number has no zone and no format to differ by."""
    return (moment - _EPOCH) // _MICROSECOND


def moment(microseconds: int) -> datetime:
    """The same the other way round. Raises OverflowError for a moment beyond all calendars."""
    return _EPOCH + microseconds * _MICROSECOND


def canonical(event: Happening, signature: bytes) -> bytes:
    """The one way to write an event down. To change it is to break every chain there is."""
    who = (event.by_kind, event.by_id, signature.hex())
    what = (event.kind, event.on_kind, event.on_id)
    return _write(["oyez event 1", event.id, *what, *who, event.at, event.data]).encode()


def digest(event: Happening, signature: bytes) -> bytes:
    return sha256(canonical(event, signature)).digest()


def head(before: bytes, position: int, digest: bytes, linked_at: int) -> bytes:
    """What a link stands for: itself, and through the head `before` everything up to it."""
    where = position.to_bytes(8, "big") + linked_at.to_bytes(8, "big", signed=True)
    return sha256(b"oyez link 1\n" + where + before + digest).digest()


def seal(key: bytes, head: bytes) -> bytes:
    """Proof that whoever made this head had the key."""
    return hmac.digest(key, head, "sha256")


def signature(salt: bytes, by_kind: str, by_id: str, name: str) -> bytes:
    """A commitment to a name: it tells nothing once the salt is gone."""
    return hmac.digest(salt, _write([by_kind, by_id, name]).encode(), "sha256")


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the chain went, and its head there: what people note down outside the database."""

    position: int
    head: str  # in hexadecimal, perhaps only its beginning

    def __str__(self) -> str:
        return f"{self.position}:{self.head}"

    def fits(self, head: bytes) -> bool:
        return head.hex().startswith(self.head)


SHORTEST_HEAD = 16  # hexadecimal characters


def mark(text: str) -> Mark | None:
    """A mark as it was noted, `4711:3f2a…`; None where it is none."""
    position, _, noted = text.strip().lower().partition(":")
    hexadecimal = noted and set(noted) <= set("0123456789abcdef")
    fits = SHORTEST_HEAD <= len(noted) <= 64 and position.isdecimal() and len(position) < 19
    return Mark(int(position), noted) if hexadecimal and fits else None


@dataclass(frozen=True, slots=True)
class Restored:
    """A backup was put back: up to `position` the chain is what it was, the rest is another."""

    position: int
    at: str


def standing(noted: Iterator[Mark | Restored]) -> tuple[list[Mark], dict[str, int]]:
    """Of everything noted, in order: the marks that must still hold, and how many links each
    restore left behind, by its time.
    """
    marks: list[Mark] = []
    lost: dict[str, int] = {}
    for one in noted:
        if isinstance(one, Mark):
            marks.append(one)
        else:
            beyond = max((mark.position for mark in marks), default=0) - one.position
            if beyond > 0:
                lost[one.at] = beyond
            marks = [mark for mark in marks if mark.position <= one.position]
    return marks, lost

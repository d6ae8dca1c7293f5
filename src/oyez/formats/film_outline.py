"""Which large parts does a film's file have, and which of them are none of the film?

MP4 and MOV are boxes (ISO/IEC 14496-12), WebM is EBML elements (RFC 8794, RFC 9559). Only headers
are read, at most so many, and all must lie within the file and end with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from oyez.formats.contract import TooHeavy, Unfit

_MOST_PARTS = 200_000
_MOST_READ = 16 * 1024 * 1024
_CUT = (
    "This film is cut off, or something else is attached to it. "
    "Copy it from where it came from, or export it anew."
)
_OF_THE_FILM = {
    b"ftyp", b"styp", b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"ssix", b"prft", b"pdin",
    b"free", b"skip", b"wide",
}  # fmt: skip

SEGMENT, CLUSTER, INFO, TRACKS = 0x18538067, 0x1F43B675, 0x1549A966, 0x1654AE6B
EBML, VOID, TAGS = 0x1A45DFA3, 0xEC, 0x1254C367
_OF_THE_WEBM = {
    EBML, SEGMENT, CLUSTER, INFO, TRACKS, VOID, 0xBF, 0x114D9B74, 0x1C53BB6B,
    *(0xE7, 0xA3, 0xA0, 0xA7, 0xAB, 0x5854),  # inside a cluster whose size nobody knew
}  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Patch:
    """From `at` on stand these bytes, then so many zeros."""

    at: int
    head: bytes
    zeros: int

    @property
    def end(self) -> int:
        return self.at + len(self.head) + self.zeros

    def apply(self, piece: bytearray, start: int) -> None:
        """Change what of this patch lies in `piece`, which begins at `start` in the file."""
        first, last = max(self.at, start), min(self.end, start + len(piece))
        if first >= last:
            return
        written = self.head[first - self.at : last - self.at]
        written += bytes(last - first - len(written))
        piece[first - start : last - start] = written


@dataclass(frozen=True, slots=True)
class Outline:
    """What the child reads: `content` is the parts behind one another; `parts` says where from."""

    content: bytes
    parts: str  # JSON: [[name, offset in the file, offset in content, size], …]
    patches: tuple[Patch, ...]
    removed: frozenset[str]


@dataclass(frozen=True, slots=True)
class Part:
    """A box or element: its name, where it and what is in it begin, and where it ends."""

    name: bytes
    at: int
    inside: int
    end: int


def outline_of(kind: str, file: BinaryIO, size: int) -> Outline:
    """Walk the file's outermost parts. Raises Unfit when they do not make up the file."""
    found = list(_elements(file, size) if kind == "video/webm" else _boxes(file, size))
    webm = kind == "video/webm"
    read = {_name(INFO), _name(TRACKS)} if webm else {b"moov"}
    known = {_name(one) for one in _OF_THE_WEBM} if webm else _OF_THE_FILM
    strange = [part for part in found if part.name not in known]
    patches = tuple(void(part) if webm else free(part) for part in strange)
    removed = {what for part in strange for what in told_by(_read(file, part, 1 << 16))}
    return _gathered(file, [part for part in found if part.name in read], patches, removed)


def free(box: Part) -> Patch:
    """An MP4 box turned into empty space of the same length."""
    gap = box.inside - box.at - 8  # a long box keeps its eight bytes of size
    if gap:
        return Patch(box.at + 4, b"free", 0) if box.end == box.inside else _long_free(box)
    return Patch(box.at + 4, b"free", box.end - box.inside)


def _long_free(box: Part) -> Patch:
    size = (box.end - box.at).to_bytes(8, "big")
    return Patch(box.at + 4, b"free" + size, box.end - box.at - 16)


def void(element: Part) -> Patch:
    """A WebM element turned into empty space of the same length."""
    whole = element.end - element.at
    if whole < 9:
        return Patch(element.at, bytes([VOID, 0x80 | (whole - 2)]), whole - 2)
    return Patch(element.at, bytes([VOID, 0x01]) + (whole - 9).to_bytes(7, "big"), whole - 9)


_TELLING = {
    "location": (b"\xa9xyz", b"loci", b"location", b"LOCATION", b"GPS"),
    "author": (b"\xa9ART", b"\xa9aut", b"auth", b"artist", b"ARTIST", b"author", b"creator"),
    "camera": (b"\xa9mak", b"\xa9mod", b".make", b".model"),
}


def told_by(content: bytes) -> set[str]:
    """What a part of a film would have told, in words for people."""
    found = {what for what, marks in _TELLING.items() if any(mark in content for mark in marks)}
    return found or ({"notes"} if content.strip(b"\0") else set())


def _gathered(
    file: BinaryIO, wanted: list[Part], patches: tuple[Patch, ...], removed: set[str]
) -> Outline:
    if sum(part.end - part.at for part in wanted) > _MOST_READ:
        raise TooHeavy("This film describes itself at a length no real film needs. Export it anew.")
    content, parts = b"", []
    for part in wanted:
        parts.append([part.name.hex(), part.at, len(content), part.end - part.at])
        content += _read(file, part, _MOST_READ)
    return Outline(content, json.dumps(parts), patches, frozenset(removed))


def _read(file: BinaryIO, part: Part, most: int) -> bytes:
    file.seek(part.at)
    return file.read(min(most, part.end - part.at))


def _boxes(file: BinaryIO, size: int) -> Iterator[Part]:
    at = 0
    for _ in range(_MOST_PARTS):
        if at == size:
            return
        file.seek(at)
        box = box_at(file.read(16), at, size)
        yield box
        at = box.end
    raise TooHeavy("This film is cut into more parts than a real one. Export it anew.")


def box_at(head: bytes, at: int, limit: int) -> Part:
    """The box whose header this is. Raises Unfit when it does not end before `limit`."""
    if len(head) < 8:
        raise Unfit(_CUT)
    size, inside = int.from_bytes(head[:4], "big"), at + 8
    if size == 1:
        size, inside = int.from_bytes(head[8:16], "big"), at + 16
    end = limit if size == 0 else at + size
    if end > limit or end < inside:
        raise Unfit(_CUT)
    return Part(head[4:8], at, inside, end)


def _elements(file: BinaryIO, size: int) -> Iterator[Part]:
    at = 0
    for _ in range(_MOST_PARTS * 5):
        if at == size:
            return
        file.seek(at)
        element, known = element_at(file.read(12), at, size)
        opens = element.name in {_name(SEGMENT), _name(CLUSTER)}
        if not known and not opens:
            raise Unfit(_CUT)
        if opens:
            at = element.inside if element.name == _name(SEGMENT) or not known else element.end
            continue
        yield element
        at = element.end
    raise TooHeavy("This film is cut into more parts than a real one. Export it anew.")


def element_at(head: bytes, at: int, limit: int) -> tuple[Part, bool]:
    """The element whose header this is, and whether it says its size."""
    length = _width(head[:1], 4)
    name = head[:length]
    width = _width(head[length : length + 1], 8)
    told = head[length : length + width]
    inside = at + length + width
    if len(told) < width or inside > limit:
        raise Unfit(_CUT)
    bits = int.from_bytes(told, "big") & ((1 << 7 * width) - 1)
    known = bits != (1 << 7 * width) - 1
    end = inside + bits if known else limit
    if end > limit:
        raise Unfit(_CUT)
    return Part(name, at, inside, end), known


def _width(first: bytes, most: int) -> int:
    """How many bytes a number has whose first byte this is."""
    width = 9 - first[0].bit_length() if first else 9
    if width > most:
        raise Unfit(_CUT)
    return width


def _name(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8, "big")

"""What is one track of an MP4 or MOV: its kind, its size as shown, and where its samples lie?"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from oyez.formats.contract import TooHeavy
from oyez.formats.film_outline import Part

_MOST_CHUNKS = 20_000
_PLACES = (b"gpmd", b"camm", b"rtmd", b"location")
"""How action cameras, drones and phones name samples that hold where a film was taken."""


@dataclass(frozen=True, slots=True)
class Track:
    handler: bytes  # "vide", "soun", "meta", …
    width: int
    height: int
    may_hold_places: bool
    body: bytes
    boxes: Mapping[bytes, Part]

    def samples(self) -> Iterator[tuple[int, int]]:
        """Where in the file the samples lie, chunk by chunk: offset and length."""
        offsets, sizes = self._offsets(), self._sizes()
        runs = self._table(b"stsc", "!III")
        taken = 0
        for number, offset in enumerate(offsets, 1):
            many = next((run[1] for run in reversed(runs) if run[0] <= number), 0)
            yield offset, sum(sizes(taken + n) for n in range(min(many, _MOST_CHUNKS)))
            taken += many

    def _offsets(self) -> list[int]:
        long = b"co64" in self.boxes
        rows = self._table(b"co64" if long else b"stco", "!Q" if long else "!I")
        return [row[0] for row in rows]

    def _sizes(self) -> _Sizes:
        content = self._content(b"stsz")
        if len(content) < 12:
            return _Sizes(0, [])
        same, count = struct.unpack_from("!II", content, 4)
        if same:
            return _Sizes(same, [])
        _few(count)
        return _Sizes(0, [n for (n,) in struct.iter_unpack("!I", content[12 : 12 + 4 * count])])

    def _table(self, name: bytes, row: str) -> list[tuple[int, ...]]:
        content = self._content(name)
        if len(content) < 8:
            return []
        (count,) = struct.unpack_from("!I", content, 4)
        _few(count)
        whole = content[8 : 8 + count * struct.calcsize(row)]
        return list(
            struct.iter_unpack(row, whole[: len(whole) - len(whole) % struct.calcsize(row)])
        )

    def _content(self, name: bytes) -> bytes:
        box = self.boxes.get(name)
        return self.body[box.inside : box.end] if box else b""


@dataclass(frozen=True, slots=True)
class _Sizes:
    same: int
    each: list[int]

    def __call__(self, number: int) -> int:
        return self.same or (self.each[number] if number < len(self.each) else 0)


def _few(count: int) -> None:
    if count > _MOST_CHUNKS:
        raise TooHeavy("A track of data in this film is too long to be removed. Export it anew.")


def track(body: bytes, boxes: Mapping[bytes, Part]) -> Track:
    """The track whose boxes these are."""

    def content(name: bytes) -> bytes:
        return body[boxes[name].inside : boxes[name].end] if name in boxes else b""

    width, height = _shown_size(content(b"tkhd"))
    places = any(name in content(b"stsd")[:4096] for name in _PLACES)
    return Track(content(b"hdlr")[8:12], width, height, places, body, boxes)


def _shown_size(tkhd: bytes) -> tuple[int, int]:
    """Width and height as a player shows them: a film held upright is turned by its matrix."""
    start = 52 if tkhd[:1] == b"\x01" else 40
    if len(tkhd) < start + 44:
        return 0, 0
    matrix = struct.unpack_from("!9i", tkhd, start)
    width, height = (side >> 16 for side in struct.unpack_from("!II", tkhd, start + 36))
    return (height, width) if matrix[0] == 0 and matrix[1] else (width, height)

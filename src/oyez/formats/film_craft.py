"""What does a limited child do with the parts that describe a film? Read them and find traces."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from oyez.formats.contract import TooHeavy, Unfit
from oyez.formats.film_outline import (
    INFO,
    TRACKS,
    Part,
    Patch,
    box_at,
    element_at,
    free,
    told_by,
    void,
)  # fmt: skip
from oyez.formats.film_tracks import Track, track
from oyez.formats.packing import pack_parcel

_PRIVATE = {b"udta", b"meta", b"uuid"}
_SHOWN = {b"vide", b"soun", b"text", b"sbtl", b"subt", b"clcp", b"tmcd"}
_MOST_BOXES = 50_000
_NO_PICTURE = "There is no moving picture in this file. Add a film that has one."
_TELLS = {0x7BA9: "notes", 0x7384: "notes", 0x3C83AB: "notes", 0x3E83BB: "notes"}
"""Of a WebM's Info: its title, its file's name, and those of its neighbours."""


@dataclass(slots=True)
class _Found:
    seconds: float = 0.0
    width: int = 0
    height: int = 0
    sound: bool = False
    removed: set[str] = field(default_factory=set)
    patches: list[Patch] = field(default_factory=list)


def look(content: bytes, facts: Mapping[str, str]) -> bytes:
    """The packed facts of a film, with the patches that blank what tells of people or places."""
    found = _Found()
    for name, at, start, size in json.loads(facts["parts"]):
        body = content[start : start + size]
        if facts["kind"] == "video/webm":
            _webm(body, at, int(name, 16), found)
        else:
            _moov(body, at, found)
    if not found.width or not found.height:
        raise Unfit(_NO_PICTURE)
    patches = [(one.at, one.head.hex(), one.zeros) for one in found.patches]
    told = {name: getattr(found, name) for name in ("seconds", "width", "height", "sound")}
    return pack_parcel({**told, "removed": sorted(found.removed), "patches": patches})


def _moov(body: bytes, at: int, found: _Found) -> None:
    count = 0
    moov = box_at(body[:16], 0, len(body))
    boxes = list(_inside(body, moov))
    fragmented = any(box.name == b"mvex" for box in boxes)
    for box in boxes:
        count += 1
        if box.name in _PRIVATE:
            _blank(body, box, at, found)
        elif box.name == b"mvhd":
            found.seconds = _seconds(body[box.inside : box.end])
        elif box.name == b"trak":
            count += _trak(body, box, at, found, fragmented)
        if count > _MOST_BOXES:
            raise TooHeavy("This film has more parts than a real one. Export it anew.")


def _trak(body: bytes, box: Part, at: int, found: _Found, fragmented: bool) -> int:
    """Note a track; one that carries no picture, sound or words is blanked, its samples too."""
    boxes: dict[bytes, Part] = {}
    for name, inner in _tree(body, box):
        boxes.setdefault(name, inner)  # the first: MOV has a second hdlr further in
    this = track(body, boxes)
    if this.handler not in _SHOWN:
        if fragmented:
            raise Unfit(
                "This film carries a track of data, as action cameras write, which may hold "
                "where it was taken. Export it without that track, then add it again."
            )
        found.patches += [Patch(start, b"", size) for start, size in this.samples()]
        found.patches.append(free(_moved(box, at)))
        found.removed.add("location" if this.may_hold_places else "notes")
        return len(boxes)
    for name, inner in _private(body, box):
        if name in _PRIVATE:
            _blank(body, inner, at, found)
    _note(this, found)
    return len(boxes)


def _note(this: Track, found: _Found) -> None:
    if this.handler == b"soun":
        found.sound = True
    elif this.handler == b"vide" and not found.width:
        found.width, found.height = this.width, this.height


def _blank(body: bytes, box: Part, at: int, found: _Found) -> None:
    found.patches.append(free(_moved(box, at)))
    found.removed |= told_by(body[box.inside : box.end])


def _moved(box: Part, by: int) -> Part:
    return Part(box.name, box.at + by, box.inside + by, box.end + by)


def _inside(body: bytes, box: Part) -> Iterator[Part]:
    at = box.inside
    while at + 8 <= box.end:
        inner = box_at(body[at : at + 16], at, box.end)
        yield inner
        at = inner.end


def _tree(body: bytes, box: Part) -> Iterator[tuple[bytes, Part]]:
    """The first level and the way down to the tables of samples: mdia, minf, stbl."""
    for inner in _inside(body, box):
        yield inner.name, inner
        if inner.name in {b"mdia", b"minf", b"stbl"}:
            yield from _tree(body, inner)


def _private(body: bytes, box: Part) -> Iterator[tuple[bytes, Part]]:
    return ((name, inner) for name, inner in _tree(body, box) if name in _PRIVATE)


def _seconds(mvhd: bytes) -> float:
    scale, length = struct.unpack_from("!IQ" if mvhd[0] else "!II", mvhd, 20 if mvhd[0] else 12)
    unknown = length in {0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF}
    return round(length / scale, 3) if scale and not unknown else 0.0


def _webm(body: bytes, at: int, name: int, found: _Found) -> None:
    part, _ = element_at(body[:12], 0, len(body))
    if name == INFO:
        _info(body, part, at, found)
    elif name == TRACKS:
        for entry in _elements(body, part):
            if entry.name == b"\xae":
                _entry(body, entry, found)


def _info(body: bytes, part: Part, at: int, found: _Found) -> None:
    scale, length = 1_000_000, 0.0
    for one in _elements(body, part):
        number, value = int.from_bytes(one.name, "big"), body[one.inside : one.end]
        if number in _TELLS:
            found.patches.append(void(_moved(one, at)))
            found.removed.add(_TELLS[number])
        elif number == 0x2AD7B1:
            scale = int.from_bytes(value[:8], "big")
        elif number == 0x4489 and len(value) in {4, 8}:
            (length,) = struct.unpack("!f" if len(value) == 4 else "!d", value)
    seconds = length * scale / 1e9
    found.seconds = round(seconds, 3) if 0 < seconds < 1e6 else 0.0


def _entry(body: bytes, entry: Part, found: _Found) -> None:
    inner = {one.name: one for one in _elements(body, entry)}
    kind = inner.get(b"\x83")
    if kind and body[kind.inside : kind.end] == b"\x02":
        found.sound = True
    if video := inner.get(b"\xe0"):
        sizes = {one.name: body[one.inside : one.end][:8] for one in _elements(body, video)}
        found.width = found.width or int.from_bytes(sizes.get(b"\xb0", b""), "big")
        found.height = found.height or int.from_bytes(sizes.get(b"\xba", b""), "big")


def _elements(body: bytes, part: Part) -> Iterator[Part]:
    at = part.inside
    while at < part.end:
        one, known = element_at(body[at : at + 12], at, part.end)
        if not known:
            raise Unfit("This film’s header has no end. Export it anew, then add it again.")
        yield one
        at = one.end

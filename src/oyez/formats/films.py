"""A stranger's film to one we may show: what is it, and what in it tells of people or places?

Nothing here decodes moving pictures. The outline of the file is walked with hard bounds; what
describes the film (of MP4 and MOV the `moov` box, of WebM Info and Tracks) is read by a limited
child. What tells of people or places is blanked in place, byte for byte as long as it was, so that
nothing else in the film moves.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from oyez.formats.contract import Limits, TooHeavy, Unfit
from oyez.formats.film_outline import Outline, Patch, outline_of
from oyez.formats.packing import unpack_parcel
from oyez.formats.pictures import studio
from oyez.formats.signatures import FILMS, HEAD_BYTES, kind_of

MOST_BYTES = 200 * 1024 * 1024
PIECE = 256 * 1024
_USUAL = Limits()


@dataclass(frozen=True, slots=True)
class Film:
    """What a film says of itself. `seconds` is 0 where it does not say."""

    kind: str
    size: int  # bytes
    seconds: float
    width: int
    height: int
    sound: bool
    removed: tuple[str, ...]  # location, author, camera, notes
    patches: tuple[Patch, ...]


def look(file: BinaryIO, *, limits: Limits = _USUAL) -> Film:
    """Read a film's header: MP4, MOV or WebM, of up to 200 MB, from a file that can seek.

    Raises Unfit or TooHeavy in one sentence for people, ReaderDown when the fault is ours.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    kind = kind_of(file.read(HEAD_BYTES))
    if kind not in FILMS:
        raise Unfit("This is a picture, not a film.")
    if size > MOST_BYTES:
        raise TooHeavy(
            f"This film is larger than {MOST_BYTES // 1024 // 1024} MB. "
            "Export it smaller or shorter, then add it again."
        )
    return _film(kind, size, outline_of(kind, file, size), limits)


def _film(kind: str, size: int, outline: Outline, limits: Limits) -> Film:
    facts = {"task": "film", "kind": kind, "parts": outline.parts}
    told, _ = unpack_parcel(studio.ask(outline.content, facts, limits))
    removed = tuple(sorted({*outline.removed, *told.pop("removed")}))
    inner = [Patch(at, bytes.fromhex(head), zeros) for at, head, zeros in told.pop("patches")]
    if any(patch.at < 0 or patch.end > size for patch in inner):
        raise Unfit("This film describes places outside itself. Export it anew, then add it again.")
    patches = tuple(sorted((*outline.patches, *inner)))
    return Film(kind=kind, size=size, removed=removed, patches=patches, **told)


def cleaned(file: BinaryIO, film: Film) -> Iterator[bytes]:
    """The film's bytes with its patches in place, in pieces of at most 256 kB."""
    file.seek(0)
    start, waiting = 0, list(film.patches)
    while piece := bytearray(file.read(PIECE)):
        end = start + len(piece)
        for patch in waiting:
            if patch.at >= end:
                break
            patch.apply(piece, start)
        yield bytes(piece)
        waiting = [patch for patch in waiting if patch.end > end]
        start = end

"""A stranger's picture to one we may show: the one door. Only a limited child decodes it.

What comes out is drawn anew from the pixels alone, so whatever else was in the file is gone:
places, names, cameras, comments, a second file behind the first.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from oyez.formats.contract import Limits, TooHeavy, Unfit
from oyez.formats.nursery import Nursery, one_of_this_process
from oyez.formats.packing import unpack_parcel
from oyez.formats.signatures import HEAD_BYTES, PICTURES, kind_of

MOST_BYTES = 30 * 1024 * 1024
USUAL = Limits(cpu_seconds=10, wall_seconds=15.0, memory_bytes=1024 * 1024 * 1024)
"""A picture of 40 megapixels takes 160 MB as pixels, and turning it or its colours needs a copy."""

studio = one_of_this_process(
    Nursery(
        "oyez.formats.picture_craft",
        whose="Our own process for pictures and films",
        then="try it again",
        heavy="This file was given up because reading it took too much time or memory. "
        "Save it smaller, then add it again.",
        at_once=2,
    )
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The picture drawn anew: upright, in sRGB. `removed` says what else the file had held.

    Words of `removed`: location, author, camera, notes, animation, attached data.
    """

    content: bytes
    kind: str
    width: int
    height: int
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """What a picture must fit into. Zero means no bound.

    `aspect` is width divided by height: the picture is cut to it round `focus`, the point that
    matters, from (0, 0) at the top left to (1, 1).
    """

    max_bytes: int = 0
    max_side: int = 0  # pixels of the longer side
    kinds: tuple[str, ...] = ("image/jpeg", "image/png")
    aspect: float = 0.0
    focus: tuple[float, float] = (0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A picture as one network or page gets it."""

    content: bytes
    kind: str
    width: int
    height: int


def clean(content: bytes, *, limits: Limits = USUAL) -> Cleaned:
    """Nothing but its pixels: JPEG, PNG and WebP stay what they are, GIF becomes a still PNG.

    Raises Unfit or TooHeavy in one sentence for people, ReaderDown when the fault is ours.
    """
    kind = _picture_kind(content)
    if len(content) > MOST_BYTES:
        raise TooHeavy(
            f"This picture is larger than {MOST_BYTES // 1024 // 1024} MB. "
            "Save it smaller, then add it again."
        )
    told, drawn = unpack_parcel(studio.ask(content, {"task": "clean", "kind": kind}, limits))
    told["removed"] = tuple(told["removed"])
    return Cleaned(content=drawn, **told)


def render(content: bytes, box: Box, *, limits: Limits = USUAL) -> Rendered:
    """A cleaned picture within the box: first smaller, then in lower quality, then smaller still.

    One that fits as it is stays byte for byte. Raises Unfit when even that does not fit.
    """
    facts = {"task": "render", "kind": _picture_kind(content), "box": json.dumps(asdict(box))}
    told, drawn = unpack_parcel(studio.ask(content, facts, limits))
    return Rendered(content=drawn, **told)


def _picture_kind(content: bytes) -> str:
    kind = kind_of(content[:HEAD_BYTES])
    if kind not in PICTURES:
        raise Unfit("This is a film, not a picture.")
    return kind

"""What does a limited child do with a picture or film? Clean it, draw it to a box, look at it."""

from __future__ import annotations

import io
import json
import warnings
from collections.abc import Mapping
from typing import Any

from PIL import Image, UnidentifiedImageError

from oyez.formats.contract import TooHeavy, Unfit
from oyez.formats.craft import Craft
from oyez.formats.film_craft import look
from oyez.formats.packing import pack_parcel
from oyez.formats.picture_drawing import Drawn, draw
from oyez.formats.picture_pixels import plain, save
from oyez.formats.picture_traces import traces

MOST_PIXELS = 40_000_000
LONGEST_SIDE = 20_000
_MOST_ANSWER = 60 * 1024 * 1024
_PLUGINS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "GIF"}
_TOO_MANY = "This picture has more than 40 megapixels. Save it smaller, then add it again."
_BROKEN = (
    "This file is broken: part of it is missing or cannot be read. "
    "Copy it from where it came from, or save it anew, then add it again."
)

# Pillow's own guard counts frames as well; ours speaks first, from the header alone.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


def _answer(content: bytes, facts: Mapping[str, str]) -> bytes:
    if facts["task"] == "film":
        return look(content, facts)
    try:
        with _opened(content, _PLUGINS[facts["kind"]]) as picture:
            return _TASKS[facts["task"]](picture, content, facts)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise TooHeavy(_TOO_MANY) from bomb


def _opened(content: bytes, plugin: str) -> Image.Image:
    """The picture's header, read by the one reader its signature names; no pixel yet."""
    try:
        picture = Image.open(io.BytesIO(content), formats=[plugin])
    except UnidentifiedImageError as broken:
        raise Unfit(_BROKEN) from broken
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise TooHeavy(_TOO_MANY)
    if max(width, height) > LONGEST_SIDE:
        raise TooHeavy(
            f"This picture is more than {LONGEST_SIDE:,} pixels long. "
            "Save it smaller, then add it again."
        )
    return picture


def _clean(picture: Image.Image, content: bytes, facts: Mapping[str, str]) -> bytes:
    removed = traces(picture, content, facts["kind"])
    kind = "image/png" if facts["kind"] == "image/gif" else facts["kind"]
    lossless = kind == "image/webp" and b"VP8L" in content[:64]
    pixels = plain(picture)
    saved = save(pixels, kind, quality=100 if lossless else 92, lossless=lossless)
    return _told(Drawn(saved, kind, *pixels.size), removed=removed)


def _render(picture: Image.Image, content: bytes, facts: Mapping[str, str]) -> bytes:
    return _told(draw(picture, content, facts["kind"], json.loads(facts["box"])))


def _told(drawn: Drawn, **more: Any) -> bytes:
    if len(drawn.content) > _MOST_ANSWER:
        raise TooHeavy(_TOO_MANY.replace("has more than 40 megapixels", "is too large"))
    facts = {"kind": drawn.kind, "width": drawn.width, "height": drawn.height}
    return pack_parcel({**facts, **more}, drawn.content)


_TASKS = {"clean": _clean, "render": _render}


def _warm() -> None:
    """Every reader and writer once: they are loaded by first use."""
    for kind, plugin in _PLUGINS.items():
        written = io.BytesIO()
        Image.new("RGB", (8, 8)).save(written, plugin)
        box = json.dumps({"max_bytes": 0, "max_side": 4, "kinds": [], "aspect": 0, "focus": []})
        for task in _TASKS:
            _answer(written.getvalue(), {"kind": kind, "task": task, "box": box})


CRAFT = Craft(
    answer=_answer,
    warm=_warm,
    too_much="Reading this file needs too much memory. Save it smaller, then add it again.",
    broken=Unfit(_BROKEN),
)

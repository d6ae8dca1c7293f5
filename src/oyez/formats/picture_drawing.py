"""How is a picture drawn to fit a box? Cut round its focus, made smaller, then in lower quality."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image, JpegImagePlugin

from oyez.formats.contract import Unfit
from oyez.formats.picture_pixels import plain, save

_QUALITIES = (88, 80, 70, 60)
_SMALLER = 0.8
_LEAST_SIDE = 160
_BOTH = ("image/jpeg", "image/png")

_Crop = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Bytes in a format, and their size in pixels."""

    content: bytes
    kind: str
    width: int
    height: int


def draw(picture: Image.Image, content: bytes, kind: str, box: Mapping[str, Any]) -> Drawn:
    """The picture within `box`; the very bytes when they fit as they are. Raises Unfit."""
    most = box["max_bytes"] or 1 << 40
    whole = picture.size
    small = len(content) <= most and _fits(whole, box["max_side"])
    if small and not box["aspect"] and kind in (box["kinds"] or [kind]):
        return Drawn(content, kind, *whole)
    pixels = _sized(picture, box)
    for tried in _tries(pixels, _kinds(pixels, kind, box["kinds"])):
        if len(tried.content) <= most:
            return tried
    raise Unfit("This picture cannot be made small enough for the channel. Choose a simpler one.")


def _fits(size: tuple[int, int], most: int) -> bool:
    return not most or max(size) <= most


def _sized(picture: Image.Image, box: Mapping[str, Any]) -> Image.Image:
    crop = _crop(picture.size, box["aspect"], box["focus"])
    wide, high = crop[2] - crop[0], crop[3] - crop[1]
    shrink = min(1.0, box["max_side"] / max(wide, high)) if box["max_side"] else 1.0
    to = (max(1, round(wide * shrink)), max(1, round(high * shrink)))
    if isinstance(picture, JpegImagePlugin.JpegImageFile):
        crop = _drafted(picture, shrink, crop)
    pixels = plain(picture)
    if to == pixels.size:
        return pixels
    return pixels.resize(to, Image.Resampling.LANCZOS, box=crop, reducing_gap=3.0)


def _drafted(picture: JpegImagePlugin.JpegImageFile, shrink: float, crop: _Crop) -> _Crop:
    """Have an eighth, a quarter or half of each side decoded where that is enough: much faster.

    Answers where `crop` lies then.
    """
    width, height = picture.size
    picture.draft(None, (round(width * shrink), round(height * shrink)))
    across, down = picture.width / width, picture.height / height
    return (crop[0] * across, crop[1] * down, crop[2] * across, crop[3] * down)


def _crop(size: tuple[int, int], aspect: float, focus: Sequence[float]) -> _Crop:
    """The largest part of this shape with the focus as near its middle as the edges allow."""
    width, height = size
    if not aspect:
        return (0, 0, width, height)
    wide, high = min(width, height * aspect), min(height, width / aspect)
    left = min(max(focus[0] * width - wide / 2, 0), width - wide)
    top = min(max(focus[1] * height - high / 2, 0), height - high)
    return (left, top, left + wide, top + high)


def _kinds(pixels: Image.Image, kind: str, allowed: Sequence[str]) -> list[str]:
    """Formats to try, the best for these pixels first."""
    can = [one for one in _BOTH if one in (allowed or _BOTH)]
    if not can:
        raise Unfit("The channel takes neither JPEG nor PNG pictures.")
    drawing = kind in {"image/png", "image/gif"} or pixels.mode == "RGBA"
    return can[::-1] if drawing else can


def _tries(pixels: Image.Image, kinds: Sequence[str]) -> Iterator[Drawn]:
    yield from _saved(pixels, kinds)
    kinds = [kind for kind in kinds if kind == "image/jpeg"] or kinds  # PNG is large, and slow
    while max(pixels.size) * _SMALLER >= _LEAST_SIDE:
        smaller = [max(1, round(side * _SMALLER)) for side in pixels.size]
        pixels = pixels.resize((smaller[0], smaller[1]), Image.Resampling.LANCZOS)
        yield from _saved(pixels, kinds)


def _saved(pixels: Image.Image, kinds: Sequence[str]) -> Iterator[Drawn]:
    for kind in kinds:
        for quality in _QUALITIES if kind == "image/jpeg" else (0,):
            yield Drawn(save(pixels, kind, quality=quality), kind, *pixels.size)

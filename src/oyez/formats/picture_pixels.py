"""How do the pixels of any picture become plain ones: upright, eight bits, sRGB, nothing beside?"""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, ImageCms, ImageOps

_SRGB = ImageCms.createProfile("sRGB")
_KEPT = {"L", "RGB", "RGBA"}
_DEEP = {"I", "F", "I;16", "I;16B", "I;16L"}
_WITH_ALPHA = {"LA", "PA", "RGBa", "La"}
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


def plain(picture: Image.Image) -> Image.Image:
    """The first frame as L, RGB or RGBA with no metadata at all; its profile is worked in."""
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    pixels = _eight_bits(upright)
    return _bare(_in_srgb(pixels, profile) if profile else _mode(pixels))


def _eight_bits(picture: Image.Image) -> Image.Image:
    if picture.mode in _DEEP:
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    return picture


def _mode(picture: Image.Image) -> Image.Image:
    if picture.mode in _KEPT:
        return picture
    if picture.mode in _WITH_ALPHA or "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    """In the colours of the web. A profile that makes no sense is left out, not trusted."""
    source = picture if picture.mode in {"RGB", "CMYK"} else _mode(picture)
    if source.mode == "L":  # a grey of some other gamma: too near to be worth a guess
        return source
    alpha = source.getchannel("A") if source.mode == "RGBA" else None
    colours = source.convert("RGB") if alpha else source
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        done = ImageCms.profileToProfile(colours, given, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        done = None
    done = done or colours.convert("RGB")
    if alpha:
        done.putalpha(alpha)
    return done


def _bare(picture: Image.Image) -> Image.Image:
    """Only pixels: writers copy comments, profiles and more from `info`."""
    picture.load()
    picture.info.clear()
    return picture


def save(pixels: Image.Image, kind: str, *, quality: int = 92, lossless: bool = False) -> bytes:
    """The bytes of plain pixels in this format; JPEG has no see-through, so it gets white."""
    written = io.BytesIO()
    how: dict[str, dict[str, Any]] = {
        "image/jpeg": {"quality": quality, "progressive": True, "subsampling": _colour(quality)},
        "image/webp": {"quality": quality, "lossless": lossless, "method": 2},
        "image/png": {},
    }
    on_white(pixels, kind).save(written, _FORMATS[kind], **how[kind])
    return written.getvalue()


def _colour(quality: int) -> str:
    return "4:4:4" if quality > 90 else "4:2:0"


def on_white(pixels: Image.Image, kind: str) -> Image.Image:
    if kind != "image/jpeg" or pixels.mode != "RGBA":
        return pixels
    white = Image.new("RGB", pixels.size, "white")
    white.paste(pixels, mask=pixels.getchannel("A"))
    return white

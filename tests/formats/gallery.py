"""Pictures for tests, made on the spot: honest ones, and each way of a hostile one."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import ExifTags, Image

CANARY = "Canary-Sam-Carter"


def a_picture(
    kind: str = "JPEG",
    *,
    size: tuple[int, int] = (60, 40),
    mode: str = "RGB",
    colour: Any = None,
    **more: Any,
) -> bytes:
    """A picture of one colour in this format."""
    written = io.BytesIO()
    usual = {"RGB": (200, 30, 30), "RGBA": (200, 30, 30, 128), "CMYK": (0, 200, 200, 0)}
    Image.new(mode, size, usual.get(mode, 128) if colour is None else colour).save(
        written, kind, **more
    )
    return written.getvalue()


def noise(size: tuple[int, int], kind: str = "JPEG") -> bytes:
    """A picture that cannot be squeezed."""
    written = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(written, kind, quality=95)
    return written.getvalue()


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


def with_everything(kind: str = "JPEG") -> bytes:
    """A picture that tells where it was taken, by whom, with what, and what they thought of it."""
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = CANARY
    exif[ExifTags.Base.Make] = "Cameras of Canary"
    exif[ExifTags.Base.ImageDescription] = f"by {CANARY}"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (51.0, 30.0, 12.0)
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    xmp = f"<x:xmpmeta><dc:creator>{CANARY}</dc:creator></x:xmpmeta>".encode()
    more: dict[str, Any] = {"exif": exif, "xmp": xmp}
    if kind == "JPEG":
        more["comment"] = CANARY
    return a_picture(kind, **more)


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack("!I", len(data)) + name + data + struct.pack("!I", zlib.crc32(name + data))


def png(width: int, height: int, pixels: bytes, *, between: bytes = b"") -> bytes:
    """A PNG that claims this size and holds these deflated bytes."""
    head = struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", head), between, chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def a_zip() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("run.bat", f"echo {CANARY}")
    return written.getvalue()


SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

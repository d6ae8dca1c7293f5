"""What does a picture's file hold besides pixels, in words for people: where, who, with what?"""

from __future__ import annotations

from collections.abc import Iterator

from PIL import ExifTags, Image

_AUTHORS = {
    ExifTags.Base.Artist,
    ExifTags.Base.XPAuthor,
    ExifTags.Base.Copyright,
    ExifTags.Base.CameraOwnerName,
}
_CAMERAS = {
    ExifTags.Base.Make,
    ExifTags.Base.Model,
    ExifTags.Base.BodySerialNumber,
    ExifTags.Base.LensSerialNumber,
    ExifTags.Base.LensModel,
}
_NOTES = {
    ExifTags.Base.ImageDescription,
    ExifTags.Base.UserComment,
    ExifTags.Base.XPComment,
    ExifTags.Base.XPTitle,
    ExifTags.Base.MakerNote,
}
_XMP_AUTHORS = (b"creator", b"Artist", b"author", b"byline")
_IPTC_AUTHORS = (b"\x1c\x02\x50", b"\x1c\x02\x55", b"\x1c\x02\x74")  # by-line, its title, copyright
_IPTC_PLACES = (
    b"\x1c\x02\x5a",
    b"\x1c\x02\x5c",
    b"\x1c\x02\x5f",
    b"\x1c\x02\x65",
)  # city to country
_FOR_DRAWING = {  # what Pillow notes of how the picture is stored: nothing about anybody
    "adobe", "adobe_transform", "aspect", "background", "bbox", "chromaticity", "default_image",
    "dpi", "duration", "exif", "extension", "gamma", "icc_profile", "interlace", "jfif",
    "jfif_density", "jfif_unit", "jfif_version", "loop", "mp", "mpoffset", "photoshop",
    "progression", "progressive", "srgb", "timestamp", "transparency", "version", "xmp",
}  # fmt: skip

_ENDS = {"image/png": b"IEND\xae\x42\x60\x82", "image/jpeg": b"\xff\xd9", "image/gif": b";"}


def traces(picture: Image.Image, content: bytes, kind: str) -> list[str]:
    """Which of location, author, camera, notes, animation, attached data were in the file."""
    found = {
        *_in_exif(picture),
        *_in_xmp(picture.info.get("xmp")),
        *_in_iptc(picture.info.get("photoshop")),
        *_in_notes(picture),
    }
    if kind != "image/jpeg" and getattr(picture, "n_frames", 1) > 1:
        found.add("animation")
    if _end(content, kind) < len(content):
        found.add("attached data")
    return sorted(found)


def _in_exif(picture: Image.Image) -> Iterator[str]:
    try:
        exif = picture.getexif()
        tags = {*exif, *exif.get_ifd(ExifTags.IFD.Exif)}
        places = exif.get_ifd(ExifTags.IFD.GPSInfo)
    except Exception:  # noqa: BLE001  broken EXIF raises whatever it likes, and goes all the same
        yield "notes"
        return
    if places:
        yield "location"
    for what, names in (("author", _AUTHORS), ("camera", _CAMERAS), ("notes", _NOTES)):
        if tags & names:
            yield what


def _in_xmp(xmp: object) -> Iterator[str]:
    if isinstance(xmp, str):
        xmp = xmp.encode()
    if isinstance(xmp, bytes) and xmp:
        yield "notes"
        if b"GPS" in xmp or b"Location" in xmp:
            yield "location"
        if any(name in xmp for name in _XMP_AUTHORS):
            yield "author"


def _in_iptc(blocks: object) -> Iterator[str]:
    """Photoshop's resource 0x0404 is IPTC: the press's own fields."""
    iptc = blocks.get(0x0404) if isinstance(blocks, dict) else None
    if isinstance(iptc, bytes):
        yield "notes"
        if any(field in iptc for field in _IPTC_AUTHORS):
            yield "author"
        if any(field in iptc for field in _IPTC_PLACES):
            yield "location"


def _in_notes(picture: Image.Image) -> Iterator[str]:
    for name in picture.info:
        plain = str(name).casefold()
        if plain.startswith("xml:"):
            yield from _in_xmp(picture.info[name])
        elif plain in {"author", "artist", "copyright"}:
            yield "author"
        elif plain not in _FOR_DRAWING:
            yield "notes"


def _end(content: bytes, kind: str) -> int:
    """Where the picture ends and something else may begin; all of it when nobody can tell."""
    if kind == "image/webp":
        size = 8 + int.from_bytes(content[4:8], "little")
        return size + size % 2
    mark = _ENDS[kind]
    found = content.find(mark) if kind == "image/png" else content.rfind(mark)
    return len(content) if found < 0 else _padded(content, found + len(mark))


def _padded(content: bytes, end: int) -> int:
    """Zeros behind the end are padding, not data."""
    return len(content) if not content[end:].strip(b"\0\r\n") else end

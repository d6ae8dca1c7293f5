"""What are these bytes? Told by how they begin, never by a name or by what somebody claims."""

from __future__ import annotations

from oyez.formats.contract import Unfit

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
FILMS = frozenset({"video/mp4", "video/quicktime", "video/webm"})
HEAD_BYTES = 1024
"""How much of the beginning is needed to tell."""

_AS_PNG = "Save it as PNG or JPEG, then add it again."
_HEIC = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"})
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", f"This is a PDF document, not a picture. {_AS_PNG}"),
    (b"BM", f"This is a BMP picture, which no network takes. {_AS_PNG}"),
    (b"II*\0", f"This is a TIFF picture, which no network takes. {_AS_PNG}"),
    (b"MM\0*", f"This is a TIFF picture, which no network takes. {_AS_PNG}"),
    (
        b"PK\x03\x04",
        "This is a ZIP archive or an office document. Add the pictures in it, unpacked.",
    ),
    (b"MZ", "This is a program, not a picture or a film."),
    (b"\x7fELF", "This is a program, not a picture or a film."),
)


def kind_of(head: bytes) -> str:
    """The media type of a picture or film we take. Raises Unfit: what it is, and what to do."""
    if not head:
        raise Unfit("This file is empty. Copy it from the camera or the website again.")
    if kind := _picture(head) or _film(head):
        return kind
    raise Unfit(_what_it_is(head))


def _picture(head: bytes) -> str:
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head[:6] in {b"GIF87a", b"GIF89a"}:
        return "image/gif"
    return "image/webp" if head[:4] == b"RIFF" and head[8:12] == b"WEBP" else ""


def _film(head: bytes) -> str:
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "video/webm" if b"webm" in head[:64] else ""
    if head[4:8] != b"ftyp" or head[8:12] in _HEIC | {b"avif", b"avis"}:
        return ""
    return "video/quicktime" if head[8:12] == b"qt  " else "video/mp4"


def _what_it_is(head: bytes) -> str:
    for beginning, sentence in _OTHERS:
        if head.startswith(beginning):
            return sentence
    if head[4:8] == b"ftyp":
        made_by = "an HEIC picture, as iPhones take them" if head[8:12] in _HEIC else "AVIF"
        return f"This is {made_by}, which few networks take. Export it as JPEG, then add it again."
    if b"<svg" in head.lower():
        return f"This is an SVG picture, which can hold programs. {_AS_PNG}"
    return (
        "This is no picture or film that we know. We take JPEG, PNG, WebP, GIF, MP4, MOV and WebM."
    )

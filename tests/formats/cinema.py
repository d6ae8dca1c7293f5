"""Films for tests, made box by box: small, and as ffmpeg or a telephone would lay them out."""

from __future__ import annotations

import struct

CANARY = b"Canary-Sam-Carter"
SAMPLES = b"+51.5005-000.1247/" * 4
"""What a track of data would hold."""


def box(name: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack("!I", 8 + len(body)) + name + body


def long_box(name: bytes, body: bytes) -> bytes:
    return struct.pack("!I", 1) + name + struct.pack("!Q", 16 + len(body)) + body


def full(name: bytes, *parts: bytes) -> bytes:
    return box(name, b"\0\0\0\0", *parts)


def udta() -> bytes:
    """Where a telephone writes the place and the owner."""
    return box(b"udta", box(b"\xa9xyz", b"+51.5005-000.1247/"), box(b"\xa9ART", CANARY))


def trak(handler: bytes, *, upright: bool = False, sample: bytes = b"avc1", at: int = 0) -> bytes:
    matrix = (0, 1, 0, -1, 0, 0, 0, 0, 1) if upright else (65536, 0, 0, 0, 65536, 0, 0, 0, 1)
    size = (1280 << 16, 720 << 16) if handler == b"vide" else (0, 0)
    tkhd = full(b"tkhd", b"\0" * 36, struct.pack("!9i", *matrix), struct.pack("!II", *size))
    half = len(SAMPLES) // 2
    stbl = box(
        b"stbl",
        full(b"stsd", struct.pack("!I", 1), box(sample, b"\0" * 8)),
        full(b"stsc", struct.pack("!IIII", 1, 1, 2, 1)),
        full(b"stsz", struct.pack("!II", 0, 2), struct.pack("!II", half, half)),
        full(b"stco", struct.pack("!II", 1, at)),
    )
    data_handler = full(b"hdlr", b"dhlrurl ", b"\0" * 12)
    mdia = box(b"mdia", full(b"hdlr", b"\0" * 4, handler), box(b"minf", data_handler, stbl))
    return box(b"trak", tkhd, mdia)


def mvhd(seconds: int = 12) -> bytes:
    return full(b"mvhd", b"\0" * 8, struct.pack("!II", 1000, seconds * 1000), b"\0" * 80)


def a_film(
    *inner: bytes, brand: bytes = b"isom", behind: bytes = b"", before: bytes = b""
) -> bytes:
    """ftyp, mdat, moov; `inner` are more boxes of moov."""
    moov = box(b"moov", mvhd(), trak(b"vide"), trak(b"soun"), *inner)
    ftyp = box(b"ftyp", brand, b"\0\0\2\0", brand)
    return ftyp + box(b"mdat", SAMPLES, b"frames" * 100) + before + moov + behind


SAMPLES_AT = len(box(b"ftyp", b"isom", b"\0\0\2\0", b"isom")) + 8


def element(name: str, *parts: bytes, unknown: bool = False) -> bytes:
    body = b"".join(parts)
    size = b"\x01" + (b"\xff" * 7 if unknown else len(body).to_bytes(7, "big"))
    return bytes.fromhex(name) + size + body


def a_webm(
    *, seconds: float = 4.0, live: bool = False, tags: bool = True, behind: bytes = b""
) -> bytes:
    """Header, Info, Tracks, one cluster, Tags; `live` as a browser's recorder writes it."""
    video = element("e0", element("b0", b"\x02\x80"), element("ba", b"\x01\x68"))
    tracks = element(
        "1654ae6b",
        element("ae", element("83", b"\x01"), video),
        element("ae", element("83", b"\x02")),
    )
    info = element(
        "1549a966",
        element("2ad7b1", (1_000_000).to_bytes(4, "big")),
        element("7ba9", CANARY),
        *([] if live else [element("4489", struct.pack("!d", seconds * 1000))]),
    )
    cluster = element("1f43b675", element("e7", b"\0"), element("a3", b"frame" * 50), unknown=live)
    told = element("1254c367", element("7373", b"LOCATION", CANARY, b"ARTIST"))
    segment = (info, tracks, cluster, told if tags else b"", behind)
    return element("1a45dfa3", element("4282", b"webm")) + element(
        "18538067", *segment, unknown=live
    )

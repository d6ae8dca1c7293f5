"""What does a record show, and how does it name the files? Pure.

Source: the lexicons app.bsky.embed.images and app.bsky.embed.video.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from oyez.kit.text import newlines
from oyez.networks._given import identifier
from oyez.networks.contract import Media, Message

Blob = Mapping[str, Any]
"""What a record names a file by: its hash, kind and size. The same bytes give the same."""

_LONGEST_KIND = 100


@dataclass(frozen=True, slots=True)
class File:
    """A picture or film that is there, with its captions where it has any."""

    media: Media
    blob: Blob
    captions: Blob | None = None


def of(files: Sequence[File]) -> dict[str, Any]:
    """Pictures, or one film."""
    first = files[0]
    if not first.media.is_film:
        pictures = [{"alt": _alt(file.media), **_looks(file, "image")} for file in files]
        return {"$type": "app.bsky.embed.images", "images": pictures}
    film = {"$type": "app.bsky.embed.video", "alt": _alt(first.media), **_looks(first, "video")}
    caption = {"lang": first.media.language, "file": first.captions}
    return film | ({"captions": [caption]} if first.captions else {})


def says(stands: Mapping[str, Any], message: Message) -> bool:
    """Is this record our words, with our words for the pictures?"""
    shown = stands.get("embed")
    items = shown.get("images", [shown]) if isinstance(shown, dict) else []
    alts = [one.get("alt") for one in items if isinstance(one, dict)]
    words = newlines(message.text)
    return stands.get("text") == words and alts == [_alt(one) for one in message.media]


def blob(data: Any) -> Blob | None:
    """What an uploaded file is named by, or None where the answer holds none."""
    found = data.get("blob") if isinstance(data, dict) else None
    ref = found.get("ref") if isinstance(found, dict) else None
    if not isinstance(found, dict) or not isinstance(ref, dict):
        return None
    cid, size = identifier(ref.get("$link")), found.get("size")
    kind = identifier(found.get("mimeType"), _LONGEST_KIND)
    if not cid or not kind or not isinstance(size, int):
        return None
    return {"$type": "blob", "ref": {"$link": cid}, "mimeType": kind, "size": size}


def _alt(one: Media) -> str:
    return newlines(one.alt)


def _looks(file: File, name: str) -> dict[str, Any]:
    one = file.media
    ratio = {"aspectRatio": {"width": one.width, "height": one.height}}
    return {name: file.blob, **(ratio if one.width > 0 and one.height > 0 else {})}

"""What may be said on the practice network, and how far has the sample feed come? Pure functions.

Notes obey the rules of Mastodon's client API, so that practice trains for the real one.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from hashlib import sha256

from oyez.kit.text import mastodon_length, visible

CHARACTERS = 500
PER_LINK = 23
KEY_LASTS = timedelta(hours=1)
PICTURES = 4
PICTURE_BYTES = 8 * 1024 * 1024
PICTURE_PIXELS = 33_177_600
DESCRIPTION = 1_500
KINDS = {
    "image/png": (b"\x89PNG\r\n\x1a\n", "png"),
    "image/jpeg": (b"\xff\xd8\xff", "jpg"),
    "image/gif": (b"GIF8", "gif"),
    "image/webp": (b"RIFF", "webp"),
}
"""Each kind of picture with how its bytes begin and its names end."""
UNSHOWN_LASTS = timedelta(days=1)
EVERY = timedelta(seconds=20)
ITEMS = 20
"""So many items come after the first one, one each EVERY."""

_FOCUS = re.compile(r"-?[01](\.\d{1,6})?,-?[01](\.\d{1,6})?")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")


def digest(token: str) -> str:
    """What is kept of a token. A token is 256 random bits, so a plain hash cannot be guessed."""
    return sha256(token.encode()).hexdigest()


def problem(text: str, warning: str = "", pictures: int = 0) -> str:
    """Why a note may not be posted, in the words the API uses; empty if it may."""
    if pictures > PICTURES:
        return "Validation failed: Cannot attach more than 4 files"
    if not pictures and not visible(text):
        return "Validation failed: Text can't be blank"
    if length(text) + len(warning) > CHARACTERS:
        return f"Validation failed: Text character limit of {CHARACTERS} exceeded"
    return ""


def picture_problem(content: bytes, description: str) -> str:
    """Why a picture may not be brought; empty if it may."""
    if len(content) > PICTURE_BYTES:
        return "Validation failed: File size must be less than 8 MB"
    if not kind_of(content):
        return "Validation failed: File content type is invalid: practice takes pictures only"
    if len(description) > DESCRIPTION:
        return f"Validation failed: Description is too long (maximum is {DESCRIPTION} characters)"
    return ""


def kind_of(content: bytes) -> str:
    """What its bytes say it is, whatever its sender says; empty for anything but a picture."""
    webp = content[8:12] == b"WEBP"
    kinds = (kind for kind, (begins, _) in KINDS.items() if content.startswith(begins))
    return next((kind for kind in kinds if kind != "image/webp" or webp), "")


def focus(sent: str) -> str:
    """The point to keep as it was sent, if it is one: two numbers from -1 to 1."""
    good = _FOCUS.fullmatch(sent) and all(abs(float(one)) <= 1 for one in sent.split(","))
    return sent if good else ""


def length(text: str) -> int:
    """Each address counts 23 and a remote mention only its user part."""
    return mastodon_length(text, PER_LINK)


def language(tag: str, otherwise: str) -> str:
    """The language to keep: the one sent if it looks like one, else the house's."""
    return tag if _LANGUAGE.fullmatch(tag) else otherwise.split("-")[0]


def steps(started_at: datetime, until: datetime) -> int:
    """How many items the sample feed has gained by `until`, from 0 to ITEMS."""
    return min(max((until - started_at) // EVERY, 0), ITEMS)

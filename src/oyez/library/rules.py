"""What must hold of a picture's words, whatever the database says?"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from hashlib import sha256
from pathlib import PurePosixPath

from oyez.formats.pictures import Box

ALT_LIMIT = 2_000
"""Characters; the longest alt text that any network takes (Bluesky)."""

Focus = tuple[float, float]
MIDDLE: Focus = (0.5, 0.5)

_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


def file_name(told: str) -> str:
    """The name without folders and hidden characters, for people only: nothing is opened by it."""
    name = PurePosixPath(told.replace("\\", "/")).name
    return _UNSEEN.sub("", name).strip()[-200:] or "Unnamed"


def wrong_words(alt: str, decorative: bool) -> str:
    """Why these words cannot stand for the picture; empty when they can."""
    if len(alt) > ALT_LIMIT:
        return f"The alt text has {len(alt):,} characters; at most {ALT_LIMIT:,} are read out."
    if alt and decorative:
        return "A decorative picture has no alt text. Leave the text empty, or say that it matters."
    return ""


def wrong_focus(focus: Focus) -> str:
    """Why this is no point of the picture; empty when it is."""
    inside = all(0 <= side <= 1 for side in focus)
    return "" if inside else "The point that matters must lie in the picture: from 0 to 1 each way."


def spec(box: Box) -> str:
    """A digest of all that decides how a rendition looks."""
    return sha256(json.dumps(asdict(box), sort_keys=True).encode()).hexdigest()

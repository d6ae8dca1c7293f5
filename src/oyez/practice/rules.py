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
EVERY = timedelta(seconds=20)
ITEMS = 20
"""So many items come after the first one, one each EVERY."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")


def digest(token: str) -> str:
    """What is kept of a token. A token is 256 random bits, so a plain hash cannot be guessed."""
    return sha256(token.encode()).hexdigest()


def problem(text: str, warning: str = "") -> str:
    """Why a note may not be posted, in the words the API uses; empty if it may."""
    if not visible(text):
        return "Validation failed: Text can't be blank"
    if length(text) + len(warning) > CHARACTERS:
        return f"Validation failed: Text character limit of {CHARACTERS} exceeded"
    return ""


def length(text: str) -> int:
    """Each address counts 23 and a remote mention only its user part."""
    return mastodon_length(text, PER_LINK)


def language(tag: str, otherwise: str) -> str:
    """The language to keep: the one sent if it looks like one, else the house's."""
    return tag if _LANGUAGE.fullmatch(tag) else otherwise.split("-")[0]


def steps(started_at: datetime, until: datetime) -> int:
    """How many items the sample feed has gained by `until`, from 0 to ITEMS."""
    return min(max((until - started_at) // EVERY, 0), ITEMS)

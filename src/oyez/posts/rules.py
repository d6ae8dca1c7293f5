"""What exactly is said? Pure: who gets it, which words, and the digest that names them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from oyez.networks.contract import Standing

MERGE_WITHIN = timedelta(hours=24)
HEADLINE = 120
FURTHEST = timedelta(days=731)
LATE_AFTER = timedelta(hours=2)  # a message written by a person


def lands_on_our_own(standings: Sequence[Standing]) -> bool:
    """Everything published lands on our own page; practice never does."""
    return any(standing is not Standing.PRETEND for standing in standings)


def headline(text: str) -> str:
    """The first line that says anything, short enough for a list."""
    lines = (line.strip() for line in text.splitlines())
    first = next((line for line in lines if line), "")
    return first if len(first) <= HEADLINE else f"{first[: HEADLINE - 1].rstrip()}…"


def below(headline: str, text: str, link: str) -> str:
    """The text without the headline it may begin with, for a page that has it as its heading.

    Its link is always among it, since nobody can follow one in a heading.
    """
    rest = text.strip().removeprefix(headline).strip()
    return rest if not link or link in rest else f"{rest}\n\n{link}".strip()


def digest(fields: Mapping[str, object]) -> str:
    """Names exact words: every field that the network would see, in one order, as JSON, hashed."""
    plain = json.dumps(fields, sort_keys=True, ensure_ascii=False, default=_plain)
    return sha256(plain.encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    raise TypeError(f"A wording cannot hold {type(value).__name__}.")

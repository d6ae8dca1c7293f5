"""What exactly is said? Pure: who gets it, which words, and the digest that names them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from oyez.networks.contract import Standing

MERGE_WITHIN = timedelta(hours=24)
LATE_AFTER = timedelta(hours=2)  # a message written by a person
FEED_LATE_AFTER = timedelta(hours=24)


def lands_on_our_own(standings: Sequence[Standing]) -> bool:
    """Everything published lands on our own page; practice never does."""
    return any(standing is not Standing.PRETEND for standing in standings)


def digest(fields: Mapping[str, object]) -> str:
    """Names exact words: every field that the network would see, in one order, as JSON, hashed."""
    plain = json.dumps(fields, sort_keys=True, ensure_ascii=False, default=_plain)
    return sha256(plain.encode()).hexdigest()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    raise TypeError(f"A wording cannot hold {type(value).__name__}.")

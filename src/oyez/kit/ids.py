"""A name nobody else will choose."""

from __future__ import annotations

import uuid


def new_key() -> str:
    """32 hexadecimal characters, random."""
    return uuid.uuid4().hex

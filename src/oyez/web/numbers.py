"""Which row does a form or an address name? A number of ours, or nothing."""

from __future__ import annotations

LONGEST = 18  # digits that surely fit a bigint


def number(said: str) -> int | None:
    """`"35"` -> 35; None for anything that cannot be the number of a row."""
    plain = said.isascii() and said.isdigit() and len(said) <= LONGEST
    return int(said) if plain else None

"""What is the next key called? Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

_NUMBERED = re.compile(r"k(\d{1,9})")


def next_key_name(known: Iterable[str]) -> str:
    """`k` and a number that no key ever had: an id names one key for good."""
    numbers = [int(found[1]) for name in known if (found := _NUMBERED.fullmatch(name))]
    return f"k{max(numbers, default=0) + 1}"

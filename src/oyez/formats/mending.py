"""Which character references would stop a parser, and what did their writer mean?"""

from __future__ import annotations

import re

_PAIR = re.compile(  # D800 to DBFF, then DC00 to DFFF
    r"&#(5529[6-9]|55[3-9]\d\d|56[0-2]\d\d|563[01]\d|xd[89ab][0-9a-f]{2});"
    r"&#(563[2-9]\d|56[4-9]\d\d|57[0-2]\d\d|573[0-3]\d|5734[0-3]|xd[c-f][0-9a-f]{2});",
    re.IGNORECASE | re.ASCII,
)
_NUMBER = re.compile(r"&#(?:([0-9]+)|[xX]([0-9a-fA-F]+));?")


def mended(text: str) -> str:
    """References that stop parsers: emoji written as two halves, numbers of no character."""
    return _NUMBER.sub(_possible, _PAIR.sub(_joined, text))


def _joined(found: re.Match[str]) -> str:
    high, low = (int(half[1:], 16) if half[0] in "xX" else int(half) for half in found.groups())
    return chr(0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00)


def _possible(found: re.Match[str]) -> str:
    digits, base = (found[1], 10) if found[1] else (found[2], 16)
    digits = digits.lstrip("0") or "0"
    number = int(digits, base) if len(digits) < 8 else 0
    allowed = number in {9, 10, 13} or 32 <= number < 0xD800 or 0xE000 <= number < 0xFFFE
    return found[0] if allowed or 0x10000 <= number <= 0x10FFFF else "\ufffd"

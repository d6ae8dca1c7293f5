"""Are these letters, or signs that only look like letters?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import ClassVar

from oyez.policy.contract import Context, Hit, Level, MessageOut, Said

# Mathematical alphanumerics; full-width Latin; letters in brackets, circles and squares. The four
# squared letters that are emoji (blood groups, parking) and the circled M stay.
_FANCY = re.compile(
    "["
    "\U0001d400-\U0001d7ff"
    "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
    "\u249c-\u24c1\u24c3-\u24e9"
    "\U0001f110-\U0001f129\U0001f130-\U0001f149\U0001f150-\U0001f169"
    "\U0001f172-\U0001f17d\U0001f180-\U0001f189"
    "]+"
)


class LookAlikeLetters:
    """Never ligatures, Arabic, Hebrew or Chinese: only what imitates plain Latin letters and
    digits.
    """

    id: ClassVar[str] = "AC-7"
    title: ClassVar[str] = "Plain letters, no fancy fonts"
    why: ClassVar[str] = (
        "Screen readers spell such signs out by their names, or skip them; search does "
        "not find them."
    )
    source: ClassVar[str] = (
        "Government Communication Service, accessible communications, non-standard symbols"
    )
    level: ClassVar[Level] = Level.BLOCK
    role: ClassVar[str] = ""

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut) and (found := _FANCY.findall(said.text)):
            fixed = _FANCY.sub(lambda match: _plain(match[0]), said.text)
            message = "Fancy letters cannot be read out. Use plain ones."
            yield Hit(message, tuple(dict.fromkeys(found)), fixed)


def _plain(run: str) -> str:
    return "".join(_letter(sign) for sign in run)


def _letter(sign: str) -> str:
    code = ord(sign)
    for start in (0x1F150, 0x1F170):  # white on black: they have no plain form of their own
        if start <= code < start + 26:
            return chr(ord("A") + code - start)
    return unicodedata.normalize("NFKC", sign).strip("()")

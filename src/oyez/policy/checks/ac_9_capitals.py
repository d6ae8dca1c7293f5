"""Does the text shout?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from oyez.policy.checks._words import words
from oyez.policy.contract import Context, Hit, Level, MessageOut, Said

MOST = 3
SHORTEST = 4
ACRONYMS = frozenset(
    {
        "SEND",
        "DEFRA",
        "NATO",
        "COVID",
        "UNESCO",
        "UNICEF",
        "NICE",
        "ASBO",
        "HGVS",
        "DVLA",
        "HMRC",
        "RSPCA",
        "RNLI",
    }
)


class Capitals:
    id: ClassVar[str] = "AC-9"
    title: ClassVar[str] = "No words in capitals"
    why: ClassVar[str] = "Capitals shout, and the shapes by which people read words are gone."
    source: ClassVar[str] = "Berkeley, social media accessibility"
    level: ClassVar[Level] = Level.WARN
    role: ClassVar[str] = ""

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut):
            shouted = [word for word in words(said.text) if _shouts(word)]
            if len(shouted) >= MOST:
                yield Hit(
                    "Capitals shout and slow reading. Use small letters.",
                    tuple(dict.fromkeys(shouted)),
                )


def _shouts(word: str) -> bool:
    """Acronyms are short, or known."""
    return word.isupper() and word.isalpha() and len(word) >= SHORTEST and word not in ACRONYMS

"""How would the emoji sound, read out one by one?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from oyez.policy.checks._words import emoji
from oyez.policy.contract import Context, Hit, Level, MessageOut, Said

MOST = 3


class Emoji:
    id: ClassVar[str] = "AC-6"
    title: ClassVar[str] = "Few emoji, and never as bullets"
    why: ClassVar[str] = "A screen reader reads each one out by its full name."
    source: ClassVar[str] = "Government Communication Service, accessible communications"
    level: ClassVar[Level] = Level.WARN
    role: ClassVar[str] = ""

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut):
            found = emoji(said.text)
            if len(found) > MOST:
                yield Hit(
                    f"At most three emoji. There are {len(found)}.", tuple(dict.fromkeys(found))
                )
            elif repeated := [one for one in dict.fromkeys(found) if found.count(one) > 1]:
                yield Hit(f"{repeated[0]} stands there more than once.", tuple(repeated))
            if bullets := _bullets(said.text):
                yield Hit("Emoji are used as bullets. Use dashes.", bullets)


def _bullets(text: str) -> tuple[str, ...]:
    """Emoji that begin two or more lines."""
    first = [(emoji(line) or [""])[0] for line in text.splitlines()]
    begins = [
        one
        for one, line in zip(first, text.splitlines(), strict=True)
        if one and line.lstrip().startswith(one)
    ]
    return tuple(dict.fromkeys(begins)) if len(begins) > 1 else ()

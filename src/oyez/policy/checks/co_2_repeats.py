"""Does somebody get the same again and again?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from oyez.policy.contract import Context, Hit, Level, MessageOut, Said

MOST = 3


class Repeats:
    id: ClassVar[str] = "CO-2"
    title: ClassVar[str] = "Not too much at once, and not the same twice"
    why: ClassVar[str] = "A channel that repeats itself, or floods its readers, loses them."
    source: ClassVar[str] = "practice of feed relays"
    level: ClassVar[Level] = Level.FIX
    role: ClassVar[str] = ""

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut):
            if said.feed and said.feed.automatic and said.feed.in_last_hour > MOST:
                count = said.feed.in_last_hour
                yield Hit(f"{said.feed.name} had {count} items in an hour: they wait their turn.")
            if _same(said.text) in {_same(text) for text in said.said_before}:
                yield Hit(f"{said.place.name} had the same words within 24 hours.")


def _same(text: str) -> str:
    return " ".join(text.split()).casefold()

"""Do hashtags get into the way of reading?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from oyez.kit.text import hashtags
from oyez.policy.checks._words import words
from oyez.policy.contract import Context, Hit, Level, MessageOut, Said

MOST = 2
_HASHTAG = re.compile(r"[#\uff03]\w+")


class Hashtags:
    id: ClassVar[str] = "AC-5"
    title: ClassVar[str] = "At most two hashtags, at the end"
    why: ClassVar[str] = "Each hashtag interrupts whoever listens to the text."
    source: ClassVar[str] = "Government Communication Service, accessible communications"
    level: ClassVar[Level] = Level.WARN
    role: ClassVar[str] = ""

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut):
            tags = hashtags(said.text)
            if len(tags) > MOST:
                yield Hit(
                    f"At most two hashtags. There are {len(tags)}.", tuple(tag.text for tag in tags)
                )
            for tag in tags[:MOST]:
                if words(_HASHTAG.sub(" ", said.text[tag.end :])):
                    yield Hit(f"Put {tag.text} at the end.", (tag.text,))

"""Are sentences short enough to follow?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from oyez.policy.checks._words import sentences, words
from oyez.policy.contract import Context, Hit, Level, MessageOut, Said

LONGEST = 25
LINES = 4


class ShortSentences:
    id: ClassVar[str] = "AC-8"
    title: ClassVar[str] = "Sentences of at most 25 words, short blocks"
    why: ClassVar[str] = (
        "People understand short sentences at the first reading, also in a second language."
    )
    source: ClassVar[str] = "Government Communication Service, accessible communications"
    level: ClassVar[Level] = Level.INFO
    role: ClassVar[str] = ""

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut):
            for sentence in sentences(said.text):
                if (count := len(words(sentence))) > LONGEST:
                    yield Hit(
                        f"Split this sentence: it has {count} words.", tuple(words(sentence)[:4])
                    )
            if any(block.strip().count("\n") >= LINES for block in said.text.split("\n\n")):
                yield Hit("Leave an empty line: over four lines stand without a break.")

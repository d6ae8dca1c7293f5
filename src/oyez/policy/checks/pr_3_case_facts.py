"""Does a public answer tell something of a case?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from oyez.policy.checks._words import folded
from oyez.policy.contract import Context, Hit, Level, MessageOut, Said


class CaseFacts:
    id: ClassVar[str] = "PR-3"
    title: ClassVar[str] = "Nothing of a case in a public answer"
    why: ClassVar[str] = "Who wrote to us did not agree that everybody reads it."
    source: ClassVar[str] = "County council social media policy"
    level: ClassVar[Level] = Level.BLOCK
    role: ClassVar[str] = ""

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut) and said.answers_case:
            text = folded(said.text)
            for fact in (said.answers_case, *said.case_facts):
                if (at := text.find(folded(fact))) >= 0 and fact.strip():
                    yield Hit(
                        "It tells something of the case. Move to a private message.",
                        _words(said.text, fact, at),
                    )


def _words(text: str, fact: str, at: int) -> tuple[str, ...]:
    """The fact as it stands in the text, where folding has not moved it."""
    found = text[at : at + len(fact)]
    return (found,) if folded(found) == folded(fact) else ()

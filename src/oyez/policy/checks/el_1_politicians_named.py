"""Does it name or tag somebody political before an election?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from oyez.policy.checks._politics import named, period_for, until
from oyez.policy.contract import Context, Hit, Level, MessageOut, Said


class PoliticiansNamed:
    id: ClassVar[str] = "EL-1"
    title: ClassVar[str] = "No parties, candidates or councillors by name before an election"
    why: ClassVar[str] = (
        "Publicity of a public body must not seem to help one side while people decide how to vote."
    )
    source: ClassVar[str] = (
        "Local Government Act 1986 s.2; Code of Recommended Practice on Local Authority Publicity"
    )
    level: ClassVar[Level] = Level.BLOCK
    role: ClassVar[str] = "monitoring_officer"

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut) and (period := period_for(said, context)):
            for figure, words in named(said.text, context.figures):
                who = f"{figure.name}, a {figure.kind}"
                message = f"Names {who}, in the pre-election period to {until(period)}."
                yield Hit(message, (words,))

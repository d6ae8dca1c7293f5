"""Is its topic one that the election is fought over?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from oyez.policy.checks._politics import named, period_for, until
from oyez.policy.checks._words import folded
from oyez.policy.contract import Context, Figure, Hit, Level, MessageOut, Said


class ControversialTopics:
    id: ClassVar[str] = "EL-4"
    title: ClassVar[str] = "Controversial topics wait for a yes before an election"
    why: ClassVar[str] = "What parties argue about is no subject for publicity in this time."
    source: ClassVar[str] = (
        "Local Government Act 1986 s.2; Code of Recommended Practice on Local Authority Publicity"
    )
    level: ClassVar[Level] = Level.HOLD
    role: ClassVar[str] = "monitoring_officer"

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut) and (period := period_for(said, context)):
            listed = [Figure(topic, "topic") for topic in context.controversial]
            says = f"is listed as politically controversial until {until(period)}."
            for topic, words in named(said.text, listed):
                yield Hit(f"{topic.name} {says}", (words,))
            for tagged in {folded(topic) for topic in said.topics} & {
                folded(t.name) for t in listed
            }:
                yield Hit(f"Its topic, {tagged}, {says}")

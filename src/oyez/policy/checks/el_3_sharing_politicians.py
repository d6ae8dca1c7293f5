"""Does it pass on what somebody political said?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from oyez.policy.checks._politics import named, period_for
from oyez.policy.contract import Context, Hit, Level, MessageOut, Said


class SharingPoliticians:
    id: ClassVar[str] = "EL-3"
    title: ClassVar[str] = "Nothing of politicians or parties is shared before an election"
    why: ClassVar[str] = "Sharing is publicity too, whoever wrote the words."
    source: ClassVar[str] = (
        "Local Government Act 1986 s.2; Code of Recommended Practice on Local Authority Publicity"
    )
    level: ClassVar[Level] = Level.BLOCK
    role: ClassVar[str] = ""

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut) and said.boost and period_for(said, context):
            for figure, words in named(" ; ".join(said.boost.authors), context.figures):
                yield Hit(f"Do not share content of {figure.name} ({words}) in this period.")

"""Has its author had the time to mend it?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from oyez.policy.contract import Context, Hit, Level, MessageOut, Said


class Settling:
    id: ClassVar[str] = "CO-3"
    title: ClassVar[str] = "An item settles before it goes on"
    why: ClassVar[str] = "Authors mend slips in the minutes after publishing; what we relay stays."
    source: ClassVar[str] = "practice of newsrooms"
    level: ClassVar[Level] = Level.INFO
    role: ClassVar[str] = ""

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut) and said.feed:
            if not said.feed.settled:
                yield Hit("Settling: its author may still mend it.")
            if said.feed.changed:
                yield Hit(
                    "Its author changed it since this was drafted. Compare the two.",
                    level=Level.WARN,
                )
            if said.feed.overtaken:
                yield Hit(f"{said.feed.overtaken}. It will not be sent.", level=Level.WARN)

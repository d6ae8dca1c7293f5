"""Does something planned fall inside a sensitive period?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from oyez.policy.checks._politics import period_for, until
from oyez.policy.contract import Context, Hit, Level, MessageOut, Said


class InsideAPeriod:
    """Holding everything would stop bin days with the rest. So what trips EL-1 to EL-5 is held by
    those, what comes from somebody else’s feed is held here, and the rest is only told of.
    """

    id: ClassVar[str] = "EL-7"
    title: ClassVar[str] = "What falls inside a period is looked at again"
    why: ClassVar[str] = "What was harmless when it was planned may not be so now."
    source: ClassVar[str] = (
        "Local Government Act 1986 s.2; Code of Recommended Practice on Local Authority Publicity"
    )
    level: ClassVar[Level] = Level.INFO
    role: ClassVar[str] = "monitoring_officer"

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if not isinstance(said, MessageOut) or not (said.goes_at or _by_a_feed(said)):
            return
        if period := period_for(said, context):
            message = f"It falls inside {period.name}, which lasts to {until(period)}."
            held = bool(said.feed and said.feed.third_party and _by_a_feed(said))
            yield Hit(message, level=Level.HOLD if held else None)


def _by_a_feed(said: MessageOut) -> bool:
    """By its rule alone; an item that a person took up is that person’s message."""
    return bool(said.feed and said.feed.automatic)

"""Will somebody be there when people answer?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import ClassVar
from zoneinfo import ZoneInfo

from oyez.policy.checks._words import without_links
from oyez.policy.contract import Context, Hit, Hours, Level, MessageOut, Said

_ASKS = re.compile(
    r"\?(?=\s|$)|\b(?:tell|message|text|dm) us\b|\blet us know\b|\breply (?:here|below|to this)\b"
    r"|\bcomment below\b|\bwhat do you think\b|\bask us\b",
    re.IGNORECASE,
)


class Staffed:
    id: ClassVar[str] = "CO-1"
    title: ClassVar[str] = "Questions are asked when somebody reads the answers"
    why: ClassVar[str] = "Who is asked a question expects an answer to what they say."
    source: ClassVar[str] = "house rule"
    level: ClassVar[Level] = Level.WARN
    role: ClassVar[str] = ""

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut) and not said.auto_note:
            at = (said.goes_at or context.now).astimezone(ZoneInfo(context.zone))
            if (asks := _asks(said.text)) and not on_shift(at, context.hours):
                yield Hit(
                    f"It invites answers, and nobody is on shift {_until(at, context.hours)}.", asks
                )


def _asks(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match[0] for match in _ASKS.finditer(without_links(text))))


def on_shift(at: datetime, hours: Hours) -> bool:
    """Is somebody there at this time on the wall?"""
    return at.weekday() in hours.days and hours.begins <= at.time() < hours.ends


def _until(at: datetime, hours: Hours) -> str:
    for days in range(8):
        day = at.date() + timedelta(days=days)
        begins = datetime.combine(day, hours.begins, at.tzinfo)
        if day.weekday() in hours.days and begins > at:
            return f"until {begins:%H:%M on %A}"
    return "at all"

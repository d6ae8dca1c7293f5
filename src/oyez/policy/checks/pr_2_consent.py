"""Did the people in the picture say yes?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar
from zoneinfo import ZoneInfo

from oyez.policy.contract import Context, Hit, Level, Medium, MessageOut, Said


class PeopleConsented:
    id: ClassVar[str] = "PR-2"
    title: ClassVar[str] = "Whoever can be recognised has said yes"
    why: ClassVar[str] = "A picture of a person is theirs to give, above all a child’s."
    source: ClassVar[str] = "UK GDPR; house rule"
    level: ClassVar[Level] = Level.BLOCK
    role: ClassVar[str] = ""

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut):
            day = (said.goes_at or context.now).astimezone(ZoneInfo(context.zone)).date()
            for medium in said.media:
                if medium.people and (why := _missing(medium, said.place.id, day)):
                    yield Hit(f"{why} for {medium.name}.")


def _missing(medium: Medium, channel: int, day: date) -> str:
    """Why the consents on file do not cover this channel on this day; empty when they do."""
    if not medium.consents:
        return "No consent on file"
    for consent in medium.consents:
        if consent.expires_on and consent.expires_on < day:
            ended = f"{consent.expires_on:%-d %B %Y}"
            return f"The consent of {consent.who} ended on {ended}, so there is none"
        if consent.channels and channel not in consent.channels:
            return f"The consent of {consent.who} is for other channels, so there is none"
    return ""

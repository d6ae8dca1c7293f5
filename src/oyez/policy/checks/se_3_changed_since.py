"""Are these the words that were approved?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar
from zoneinfo import ZoneInfo

from oyez.policy.contract import Context, Hit, Level, MessageOut, Said


class ChangedSince:
    """Where somebody is asked again anyway, they are told; where nobody is, it is held."""

    id: ClassVar[str] = "SE-3"
    title: ClassVar[str] = "Exactly the approved words"
    why: ClassVar[str] = "An edit after the yes is an edit that nobody said yes to."
    source: ClassVar[str] = "National Cyber Security Centre; audit practice"
    level: ClassVar[Level] = Level.HOLD
    role: ClassVar[str] = "approver"

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut):
            for yes in said.approvals:
                if yes.digest != said.digest:
                    at = yes.at.astimezone(ZoneInfo(context.zone))
                    what = "Moved to another time" if said.only_moved else "Edited"
                    message = f"{what} after {yes.name} approved it at {at:%H:%M on %-d %B}."
                    yield Hit(message, level=Level.INFO if said.quorum else None)
                    return

"""Does a picture show somebody political before an election?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from oyez.policy.checks._politics import period_for, until
from oyez.policy.contract import Context, Hit, Level, MessageOut, Said


class PoliticiansPictured:
    id: ClassVar[str] = "EL-2"
    title: ClassVar[str] = "No councillors pictured before an election"
    why: ClassVar[str] = "A photograph is publicity for whoever is in it."
    source: ClassVar[str] = "Guidance of councils for the pre-election period"
    level: ClassVar[Level] = Level.HOLD
    role: ClassVar[str] = "monitoring_officer"

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut) and (period := period_for(said, context)):
            better = "Use a picture of officers, or ask; the period lasts to"
            for medium in said.media:
                if medium.politician:
                    yield Hit(
                        f"{medium.name} shows a councillor or candidate. {better} {until(period)}."
                    )

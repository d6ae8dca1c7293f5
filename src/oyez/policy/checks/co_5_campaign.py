"""Does somebody know what the campaign is for?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from oyez.kit.text import visible
from oyez.policy.contract import Context, Hit, Level, MessageOut, Said


class CampaignIsWhole:
    id: ClassVar[str] = "CO-5"
    title: ClassVar[str] = "A campaign has an objective, an audience, a measure and an owner"
    why: ClassVar[str] = "Without them nobody can say afterwards whether it worked."
    source: ClassVar[str] = "Government Communication Service, OASIS"
    level: ClassVar[Level] = Level.HOLD
    role: ClassVar[str] = "communications_head"

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        if isinstance(said, MessageOut) and said.campaign:
            named = ("objective", "audience", "measure", "owner")
            if missing := [name for name in named if not visible(getattr(said.campaign, name))]:
                what = ", ".join(missing)
                asks = "What should change, for whom, measured how?"
                yield Hit(f"The campaign {said.campaign.name} has no {what}. {asks}")

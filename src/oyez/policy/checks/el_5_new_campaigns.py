"""Does a large campaign begin in the middle of an election?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from oyez.policy.checks._politics import period_for
from oyez.policy.contract import Campaign, Context, Hit, Level, MessageOut, Said


class NewCampaigns:
    id: ClassVar[str] = "EL-5"
    title: ClassVar[str] = (
        "No significant campaign begins before an election, unless planned before"
    )
    why: ClassVar[str] = "A campaign begun now looks made for the election."
    source: ClassVar[str] = (
        "Local Government Act 1986 s.2; Code of Recommended Practice on Local Authority Publicity"
    )
    level: ClassVar[Level] = Level.BLOCK
    role: ClassVar[str] = "monitoring_officer"

    def look(self, said: Said, context: Context) -> Iterator[Hit]:
        campaign = said.campaign if isinstance(said, MessageOut) else None
        if not isinstance(said, MessageOut) or not campaign or not campaign.significant:
            return
        period = period_for(said, context)
        if period and _begins_in(campaign, begins := period.begins_at.date()):
            yield Hit(f"No evidence that {campaign.name} was planned before {begins:%-d %B %Y}.")


def _begins_in(campaign: Campaign, period_begins: date) -> bool:
    """Does it begin then, without a plan that is older than the period?"""
    if not campaign.begins_on or campaign.begins_on < period_begins:
        return False
    return not campaign.planned_on or campaign.planned_on >= period_begins

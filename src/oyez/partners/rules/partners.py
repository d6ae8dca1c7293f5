"""What does the register say of a partner, and what is wrong with an entry?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from oyez.kit.text import visible
from oyez.partners.rules import texts

KINDS: Mapping[str, str] = {
    "emergency": "Emergency service",
    "health": "Health",
    "council": "Council",
    "government": "Government or agency",
    "voluntary": "Voluntary organisation",
    "business": "Business",
    "other": "Other",
}
LONGEST = {"name": 200, "contact_name": 200, "contact_email": 254, "agreement": 5000, "note": 2000}
LISTS = ("areas", "domains", "handles", "feeds")


@dataclass(frozen=True, slots=True)
class Said:
    """A partner as somebody gives it. `agreement_until` None: no end is agreed."""

    name: str
    kind: str = "other"
    contact_name: str = ""
    contact_email: str = ""
    agreement: str = ""
    agreement_until: date | None = None
    areas: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()  # their channels, as each network writes a handle
    feeds: tuple[str, ...] = ()
    note: str = ""
    verified_on: date | None = None  # the day somebody asked them whether this is right

    def tidied(self) -> Said:
        words = {name: getattr(self, name).strip() for name in LONGEST}
        lists = {name: tuple(texts.tidied(getattr(self, name))) for name in LISTS}
        said = replace(self, **words, **lists)  # type: ignore[arg-type]
        return replace(said, domains=tuple(texts.tidied(d.lower() for d in said.domains)))


def wrong(said: Said, today: date) -> str:
    """What is wrong with it, in one sentence; empty when it can be kept."""
    if not visible(said.name):
        return "Give the partner’s name."
    if said.kind not in KINDS:
        return f"There is no kind “{said.kind[:20]}” of partner. Use {', '.join(KINDS)}."
    if said.verified_on and said.verified_on > today:
        return "The day it was verified is still to come. Give the day somebody asked them."
    words = {name: getattr(said, name) for name in LONGEST}
    lists = (texts.wrong_list(name, getattr(said, name)) for name in LISTS)
    return (
        texts.too_long(words, LONGEST)
        or next(filter(None, lists), "")
        or texts.wrong_email(said.contact_email)
        or texts.wrong_domains(said.domains)
        or texts.wrong_handles(said.handles)
        or texts.wrong_feeds(said.feeds)
    )

"""What does a campaign need, and what is wrong with one? Pure.

An objective, an audience, a measure and an owner: the government’s OASIS model asks for them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.text import slugify

from oyez.kit.text import visible

TAG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST: Mapping[str, int] = {
    "name": 200, "tag": 60, "objective": 2000, "audience": 2000, "measure": 2000, "owner": 200,
    "plan": 2000,
}  # fmt: skip
NEEDED: Mapping[str, str] = {
    "objective": "what should change",
    "audience": "for whom",
    "measure": "how it is measured",
    "owner": "who owns it",
}


class Aimed(Protocol):
    """Anything with what a campaign needs: a row, or a check’s view of it."""

    @property
    def objective(self) -> str: ...
    @property
    def audience(self) -> str: ...
    @property
    def measure(self) -> str: ...
    @property
    def owner(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Said:
    """A campaign as somebody gives it. `tag` (in links, utm_campaign) follows from the name."""

    name: str
    tag: str = ""
    objective: str = ""
    audience: str = ""
    measure: str = ""
    owner: str = ""
    begins_on: date | None = None
    ends_on: date | None = None
    planned_on: date | None = None  # the day of the oldest evidence of a plan
    plan: str = ""  # that evidence: where it can be read
    significant: bool = False


def missing(campaign: Aimed) -> list[str]:
    """What nobody has said yet, in words; empty when the campaign is whole."""
    return [words for name, words in NEEDED.items() if not visible(getattr(campaign, name))]


def tag_of(said: Said) -> str:
    return said.tag or slugify(said.name)[: LONGEST["tag"]].strip("-")


def wrong(said: Said, today: date) -> str:
    """What is wrong with it, in one sentence; empty when it can be kept."""
    return _ill_written(said) or _wrong_days(said, today)


def _ill_written(said: Said) -> str:
    if not visible(said.name):
        return "Give the campaign a name."
    for name, most in LONGEST.items():
        if len(getattr(said, name)) > most:
            return f"The {name} is too long: use {most:,} characters or fewer."
        if "\0" in getattr(said, name):
            return f"The {name} has a character that cannot be kept. Write it anew."
    if not TAG.fullmatch(tag_of(said)):
        return "Give a tag of small letters, digits and hyphens, such as winter-ready."
    return ""


def _wrong_days(said: Said, today: date) -> str:
    if said.begins_on and said.ends_on and said.ends_on < said.begins_on:
        return "The campaign would end before it begins. Change one of the days."
    if said.planned_on and said.planned_on > today:
        return "The day of the plan is still to come. Give the day of the oldest evidence."
    if said.planned_on and not visible(said.plan):
        return "Say where the plan can be read: the evidence of the day it was made."
    return ""

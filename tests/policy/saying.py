"""Things that could be said, for the tables of the checks: `say("…", media=[a_picture()])`."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from oyez.kit.text import graphemes
from oyez.networks.contract import Limits, Measure
from oyez.policy.contract import (
    Campaign,
    Consent,
    Context,
    Figure,
    Hours,
    Medium,
    MessageOut,
    Period,
    Place,
    Source,
    Writer,
    Yes,
)

NOON = datetime(2027, 4, 14, 11, tzinfo=UTC)  # a Wednesday; noon in London
SUNDAY = datetime(2027, 4, 18, 11, tzinfo=UTC)
PLACE = Place(1, "Council news", "Findable", Limits((Measure(300, graphemes, "characters"),)))
WRITER = Writer("Asha")
PERIOD = Period(
    "pre_election",
    "County election 2027",
    datetime(2027, 3, 24, tzinfo=UTC),
    datetime(2027, 5, 6, 21, tzinfo=UTC),
)
FIGURES = (
    Figure("Jo Penrose", "candidate", handles=("@jopenrose",)),
    Figure("Siân Rowe", "councillor", aliases=("Cllr Rowe",)),
    Figure("Tamar First", "party", handles=("tamarfirst@social.example",)),
)


def say(text: str = "The bridge is open.", **more: Any) -> MessageOut:
    """A message of somebody who may, to a place that works, kept as a routine record."""
    place = replace(PLACE, **more.pop("place", {}))
    writer = replace(WRITER, **more.pop("writer", {}))
    media = tuple(more.pop("media", ()))
    usual: dict[str, Any] = {"record_class": "routine", **more}
    return MessageOut(text, place, writer, media=media, **usual)


def a_picture(**more: Any) -> Medium:
    usual = {"name": "bridge.jpg", "kind": "image/jpeg", "alt": "A bridge", "licence": "Our own"}
    return Medium(**{**usual, **more})


def a_film(**more: Any) -> Medium:
    usual = {"name": "bridge.mp4", "kind": "video/mp4", "captions": True, "licence": "Our own"}
    return Medium(**{**usual, **more})


def a_consent(**more: Any) -> Consent:
    return Consent(**{"who": "Mrs Hill", **more})


def a_campaign(**more: Any) -> Campaign:
    usual = {
        "name": "Budget",
        "tag": "budget27",
        "objective": "1,400 responses",
        "audience": "Under 35s",
        "measure": "Responses",
        "owner": "Grace",
    }
    return Campaign(**{**usual, **more})


def a_feed(**more: Any) -> Source:
    return Source(**{"name": "Press", **more})


def a_yes(**more: Any) -> Yes:
    usual: dict[str, Any] = {"name": "Ben", "by_author": False, "digest": "d", "at": NOON}
    return Yes(**{**usual, **more})


def around(**more: Any) -> Context:
    """Wednesday noon, the office staffed, nothing going on."""
    usual: dict[str, Any] = {
        "now": NOON,
        "hours": Hours(),
        "own_domains": ("council.example",),
        "own_contacts": ("01822 600 100", "help@elsewhere.example"),
    }
    return Context(**{**usual, **more})


def election(**more: Any) -> Context:
    """The same in a pre-election period, with a register and a topic."""
    usual = {"periods": (PERIOD,), "figures": FIGURES, "controversial": ("Incinerator",)}
    return around(**{**usual, **more})


AFTER_THE_POLL = NOON + timedelta(days=60)
BEFORE_THE_PERIOD = date(2027, 2, 1)

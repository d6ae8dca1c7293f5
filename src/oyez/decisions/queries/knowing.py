"""What must a check know besides the words? Gathered once for a look at a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from oyez.emergency import queries as emergency
from oyez.kit import clock
from oyez.partners import queries as partners
from oyez.policy import queries as house
from oyez.policy.contract import Context, Figure, Level, Period
from oyez.posts.rules import FURTHEST


@dataclass(frozen=True, slots=True)
class Known:
    """The context, and the levels this organisation has changed (None: switched off)."""

    context: Context
    levels: Mapping[str, Level | None] = field(default_factory=dict)


def known_now() -> Known:
    """Everything the checks may need, as it stands at this moment."""
    return known_at(clock.now())


def known_at(moment: datetime) -> Known:
    """The same for something said at another moment, by what the house knows today."""
    facts, version, day = house.facts(), house.current_version(), timezone.localdate(moment)
    context = Context(
        now=moment,
        zone=settings.TIME_ZONE,
        periods=tuple(_periods(moment)),
        figures=tuple(_figures(day)),
        controversial=tuple(topic.words for topic in partners.topics_on(day)),
        languages=facts.languages,
        own_contacts=facts.own_contacts,
        own_domains=(*_own_host(), *facts.own_domains),
        shorteners=facts.shorteners,
        hours=facts.hours,
        own_words=facts.own_words,
        policy_version=version.number if version else "",
    )
    return Known(context, house.levels())


def levels() -> Mapping[str, Level | None]:
    """What this organisation has changed: check -> its level here; None: switched off."""
    return house.levels()


def _own_host() -> list[str]:
    host = urlsplit(settings.OYEZ.url).hostname
    return [host] if host else []


def _figures(day: date) -> list[Figure]:
    """Who is political on that day: the register’s parties, candidates and councillors."""
    return [
        Figure(one.name, one.kind, tuple(one.handles), tuple(one.aliases), one.area)
        for one in partners.figures_on(day)
    ]


def _periods(now: datetime) -> list[Period]:
    """Those that hold then or will while anything that can be planned goes out."""
    found = emergency.periods_touching(now, now + FURTHEST)
    return [Period(p.kind, p.name, p.begins_at, p.over_at, p.area) for p in found]

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
from oyez.policy.contract import Context, Figure, Level, Period
from oyez.posts.rules import FURTHEST


@dataclass(frozen=True, slots=True)
class Known:
    """The context, and the levels this organisation has changed (None: switched off)."""

    context: Context
    levels: Mapping[str, Level | None] = field(default_factory=dict)


def known_now() -> Known:
    """Everything the checks may need, as it stands at this moment."""
    now = clock.now()
    today = timezone.localdate(now)
    own = urlsplit(settings.OYEZ.url).hostname
    context = Context(
        now=now,
        zone=settings.TIME_ZONE,
        periods=tuple(_periods(now)),
        figures=tuple(_figures(today)),
        controversial=tuple(topic.words for topic in partners.topics_on(today)),
        own_domains=(own,) if own else (),
    )
    return Known(context)


def levels() -> Mapping[str, Level | None]:
    """What this organisation has changed: check -> its level here; None: switched off."""
    return known_now().levels


def _figures(today: date) -> list[Figure]:
    """Who is political today: the register’s parties, candidates and councillors."""
    return [
        Figure(one.name, one.kind, tuple(one.handles), tuple(one.aliases), one.area)
        for one in partners.figures_on(today)
    ]


def _periods(now: datetime) -> list[Period]:
    """Those that hold now or will while anything that can be planned goes out."""
    found = emergency.periods_touching(now, now + FURTHEST)
    return [Period(p.kind, p.name, p.begins_at, p.over_at, p.area) for p in found]

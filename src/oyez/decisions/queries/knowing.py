"""What must a check know besides the words? Gathered once for a look at a message."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from oyez.decisions.queries.following import followed
from oyez.emergency import queries as emergency
from oyez.kit import clock
from oyez.partners import queries as partners
from oyez.policy import queries as house
from oyez.policy.contract import Context, Figure, Level, MessageOut, Period
from oyez.policy.links import given
from oyez.posts.rules import FURTHEST


@dataclass(frozen=True, slots=True)
class Known:
    """The context, and the levels this organisation has changed (None: switched off)."""

    context: Context
    levels: Mapping[str, Level | None] = field(default_factory=dict)


Moments = Callable[[datetime, datetime | None], Known]


def known_now(goes_at: datetime | None = None, said: Iterable[MessageOut] = ()) -> Known:
    """Everything the checks may need, as it stands at this moment, for a message that goes out
    then (None: at once); and where the links of what is `said` lead, as far as somebody looked.
    """
    now = clock.now()
    known = known_between(now, now + FURTHEST)(now, goes_at)
    links = {link for one in said for link in given(one.text, one.link)}
    return replace(known, context=replace(known.context, followed=followed(links)))


def known_between(begin: datetime, end: datetime) -> Moments:
    """The same for each moment between these two, by what the house knows today: its periods are
    asked for once, its registers once for each day on which a message goes out. Who is a candidate
    today may be none by then, and the other way round.
    """
    context, levels, political = _of_the_house(begin, end), house.levels(), cache(_political)

    def known(moment: datetime, goes_at: datetime | None) -> Known:
        figures, topics = political(timezone.localdate(goes_at or moment))
        now = replace(context, now=moment, figures=figures, controversial=topics)
        return Known(now, levels)

    return known


def _of_the_house(begin: datetime, end: datetime) -> Context:
    facts, version = house.facts(), house.current_version()
    return Context(
        now=begin,
        zone=settings.TIME_ZONE,
        periods=tuple(_periods(begin, end)),
        languages=facts.languages,
        own_contacts=facts.own_contacts,
        own_domains=(*_own_host(), *facts.own_domains),
        shorteners=facts.shorteners,
        hours=facts.hours,
        own_words=facts.own_words,
        policy_version=version.number if version else "",
    )


def levels() -> Mapping[str, Level | None]:
    """What this organisation has changed: check -> its level here; None: switched off."""
    return house.levels()


def _own_host() -> list[str]:
    host = urlsplit(settings.OYEZ.url).hostname
    return [host] if host else []


def _political(day: date) -> tuple[tuple[Figure, ...], tuple[str, ...]]:
    """Who is political on that day (parties, candidates, councillors), and what is."""
    figures = (
        Figure(one.name, one.kind, tuple(one.handles), tuple(one.aliases), one.area)
        for one in partners.figures_on(day)
    )
    return tuple(figures), tuple(topic.words for topic in partners.topics_on(day))


def _periods(begin: datetime, end: datetime) -> list[Period]:
    """Those that hold then, or while anything planned then goes out."""
    found = emergency.periods_touching(begin, end)
    return [Period(p.kind, p.name, p.begins_at, p.over_at, p.area) for p in found]

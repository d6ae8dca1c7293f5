"""When does a sensitive period begin and end, and what is wrong with one? Pure.

How many working days before the poll the notice of election is published at the latest: 25 in
England and Wales (S.I. 2006/3304 and 3305, schedules 2 and 3) and in Northern Ireland (Electoral
Law Act 1962, schedule 5), 28 in Scotland (S.S.I. 2011/399; the timetables of 2016 and 2022).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from dateutil.easter import easter

from oyez.kit import workdays
from oyez.kit.text import visible
from oyez.kit.workdays import ENGLAND, NATIONS, NORTHERN_IRELAND, SCOTLAND, WALES

BY_RESTORE = "oyez db restore"  # who stops a house that was brought back from a backup
PRE_ELECTION, REFERENDUM = "pre_election", "referendum"
MOURNING, INCIDENT, CUSTOM = "mourning", "incident", "custom"
WITH_A_POLL = frozenset({PRE_ELECTION, REFERENDUM})

NOTICE_DAYS: Mapping[str, int] = {ENGLAND: 25, WALES: 25, SCOTLAND: 28, NORTHERN_IRELAND: 25}
REFERENDUM_DAYS = timedelta(days=28)
POLLS_CLOSE = time(22)
AHEAD = timedelta(days=731)  # two years, one of them a leap year
LONGEST = {"name": 200, "area": 200, "note": 2000}


@dataclass(frozen=True, slots=True)
class Dates:
    """The days of a period on the wall, the last one included."""

    begins_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Said:
    """A period as an officer gives it. Where days are left out, those of the poll are meant."""

    kind: str
    name: str
    area: str = ""  # empty: everywhere
    begins_on: date | None = None
    ends_on: date | None = None
    polling_on: date | None = None
    nation: str = ENGLAND
    note: str = ""


def working_days_before(day: date, number: int, nation: str = ENGLAND) -> date:
    """So many days earlier, as the election rules count them."""
    return workdays.counted(day, -number, lambda one: _counts(one, nation))


def _counts(day: date, nation: str) -> bool:
    """Election rules also leave out Christmas Eve, and in Scotland Easter Monday."""
    if workdays.is_weekend(day) or workdays.bank_holiday(day, nation):
        return False
    return (day.month, day.day) != (12, 24) and day != easter(day.year) + timedelta(days=1)


def notice_of_election(polling_on: date, nation: str = ENGLAND) -> date:
    """The last day on which the notice may be published. The returning officer's own date wins."""
    return working_days_before(polling_on, NOTICE_DAYS[nation], nation)


def proposed(kind: str, polling_on: date, nation: str = ENGLAND) -> Dates:
    """The days a period takes when nobody says otherwise, from the polling day."""
    if kind == REFERENDUM:
        return Dates(polling_on - REFERENDUM_DAYS, polling_on)
    return Dates(notice_of_election(polling_on, nation), polling_on)


def first_proposed(said: Said) -> date | None:
    """The computed first day; None where there is no poll."""
    if said.kind not in WITH_A_POLL or not said.polling_on:
        return None
    return proposed(said.kind, said.polling_on, said.nation).begins_on


def days_of(said: Said) -> Dates | None:
    """What the officer said, else what is computed; None while a day is missing."""
    polled = said.polling_on if said.kind in WITH_A_POLL else None
    begins, ends = said.begins_on or first_proposed(said), said.ends_on or polled
    return Dates(begins, ends) if begins and ends else None


def with_changes(said: Said, new: Mapping[str, object]) -> Said:
    """The same period with parts said anew. Days that only followed from the polling day follow the
    new one, unless they are among those parts.
    """
    follow: dict[str, object] = {}
    if new.get("kind", said.kind) in WITH_A_POLL and said.polling_on:
        if said.begins_on == first_proposed(said):
            follow["begins_on"] = None
        if said.ends_on == said.polling_on:
            follow["ends_on"] = None
    return replace(said, **{**follow, **new})  # type: ignore[arg-type]


def first_moment(dates: Dates) -> datetime:
    """Midnight before the first day, on the wall."""
    return datetime.combine(dates.begins_on, time())


def last_moment(dates: Dates, polling_on: date | None) -> datetime:
    """On the wall: when the polls close if the last day is the polling day, else midnight."""
    if dates.ends_on == polling_on:
        return datetime.combine(dates.ends_on, POLLS_CLOSE)
    return datetime.combine(dates.ends_on + timedelta(days=1), time())


def wrong(said: Said, kinds: Mapping[str, str], today: date) -> str:
    """What is wrong with it, in one sentence; empty when it can be kept."""
    return _ill_written(said, kinds) or _wrong_poll(said, today) or _wrong_days(said, today)


def _ill_written(said: Said, kinds: Mapping[str, str]) -> str:
    if said.kind not in kinds:
        return f"There is no kind “{said.kind[:20]}” of period. Use {', '.join(kinds)}."
    if said.nation not in NATIONS:
        return f"There is no nation “{said.nation[:20]}”. Use {', '.join(NATIONS)}."
    if not visible(said.name):
        return "Give the period a name, such as “County election 2027”."
    for field, most in LONGEST.items():
        if len(getattr(said, field)) > most:
            return f"The {field} is too long: use {most:,} characters or fewer."
        if "\0" in getattr(said, field):
            return f"The {field} has a character that cannot be kept. Write it anew."
    return ""


def _wrong_poll(said: Said, today: date) -> str:
    if said.kind not in WITH_A_POLL:
        return ""
    if not said.polling_on:
        return "Give the polling day: the period ends when the polls close."
    return out_of_reach(said.polling_on, today)


def _wrong_days(said: Said, today: date) -> str:
    for day in (said.begins_on, said.ends_on):
        if day and (far := out_of_reach(day, today)):
            return far
    dates = days_of(said)
    if not dates:
        return "Give the first day and the last day of the period."
    if dates.ends_on < dates.begins_on:
        return (
            f"The period would end on {spoken(dates.ends_on)}, before it begins on "
            f"{spoken(dates.begins_on)}. Change one of the days."
        )
    if dates.ends_on < today:
        return f"The period would be over already: it ends on {spoken(dates.ends_on)}."
    return ""


def out_of_reach(day: date, today: date) -> str:
    """More than two years away? Then it is a slip of the pen, not a plan."""
    if day > today + AHEAD:
        return f"{spoken(day)} is more than two years ahead. Check the year."
    if day < today - AHEAD:
        return f"{spoken(day)} is more than two years ago. Check the year."
    return ""


def spoken(day: date) -> str:
    """ "31 March 2027"."""
    return f"{day.day} {day:%B} {day.year}"

"""When does a message come again, and when is the next slot of a queue? Pure; walls, not moments.

Rules are those of RFC 5545, of which four frequencies and an interval are known here. As there, a
time that the clocks skip is meant an hour later, and of a time they show twice the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrulestr

from oyez.kit import walltime

DAILY, WEEKDAYS, WEEKLY = "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY"
FORTNIGHTLY, MONTHLY, YEARLY = "FREQ=WEEKLY;INTERVAL=2", "FREQ=MONTHLY", "FREQ=YEARLY"
RULES = (DAILY, WEEKDAYS, WEEKLY, FORTNIGHTLY, MONTHLY, YEARLY)
_RULE = re.compile(
    r"FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;INTERVAL=[1-9]\d?)?"
    r"(?:;BYDAY=(?:[+-]?[1-4]?(?:MO|TU|WE|TH|FR|SA|SU))(?:,(?:[+-]?[1-4]?(?:MO|TU|WE|TH|FR|SA|SU)))*)?"
)
WEEKS_AHEAD = 26


@dataclass(frozen=True, slots=True)
class WeekTime:
    """A time of the week; 0 is Monday."""

    weekday: int
    wall: time


def known(rule: str) -> bool:
    """Is it a rule we can follow?"""
    return _RULE.fullmatch(rule) is not None


def next_wall(
    rule: str, starts: datetime, until: date | None, after: datetime | None
) -> datetime | None:
    """The first time after `after` (naive, on the wall), or the very first; None: no more."""
    found = rrulestr(rule, dtstart=starts)
    wall: datetime | None = found.after(after) if after else found.after(starts, inc=True)
    return None if wall is None or (until and wall.date() > until) else wall


def meant(wall: datetime, zone: str) -> tuple[datetime, int | None]:
    """The wall time that is really meant, and which of two: see above."""
    try:
        walltime.moment(wall, zone)
    except walltime.Twice:
        return wall, 0
    except walltime.NoSuchTime:
        return wall + timedelta(hours=1), None
    return wall, None


def slots_after(now: datetime, times: Iterable[WeekTime]) -> Iterator[datetime]:
    """The walls of these times from `now` (naive, on the wall) on, for half a year."""
    wanted = sorted(set(times), key=lambda one: (one.weekday, one.wall))
    monday = now.date() - timedelta(days=now.weekday())
    for week in range(WEEKS_AHEAD):
        for one in wanted:
            day = monday + timedelta(days=7 * week + one.weekday)
            if (wall := datetime.combine(day, one.wall)) > now:
                yield wall

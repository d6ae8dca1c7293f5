"""What moment does a person mean by a time on the wall? Gaps and overlaps of the clock are said in
words.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_HOUR = re.compile(r"(\d{1,2}):(\d{2})")


class NoSuchTime(ValueError):
    """The text is no moment, or none that is certain. The sentence says what to write instead."""


class Twice(NoSuchTime):
    """The clocks show this time twice, an hour apart: somebody has to say which."""


def read(text: str, zone: str, now: datetime) -> datetime:
    """The moment (UTC) meant by `14:05` (the next one), `2026-11-24 14:05`, or the same with an
    offset.

    Raises NoSuchTime, also in the hour that the clocks skip or have twice.
    """
    if hour := _HOUR.fullmatch(text.strip()):
        return _next(text, int(hour[1]), int(hour[2]), zone, now)
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise NoSuchTime(f"“{text}” is not a time. Write 14:05 or 2026-11-24 14:05.") from None
    if not 2000 <= at.year <= 2200:  # at the ends of the calendar no zone can be reckoned with
        raise NoSuchTime(f"“{text}” is not in this age. Give a time to come.")
    return at.astimezone(UTC) if at.tzinfo else moment(at, zone)


def _next(text: str, hour: int, minute: int, zone: str, now: datetime) -> datetime:
    if hour > 23 or minute > 59:
        raise NoSuchTime(f"“{text}” is not a time of day. Write 14:05.")
    today = now.astimezone(ZoneInfo(zone)).date()
    at = moment(datetime.combine(today, time(hour, minute)), zone)
    if at > now:
        return at
    return moment(datetime.combine(today + timedelta(days=1), time(hour, minute)), zone)


def is_twice(at: datetime, zone: str) -> bool:
    """Do the clocks there show this naive time twice?"""
    try:
        moment(at, zone)
    except Twice:
        return True
    except NoSuchTime:
        return False
    return False


def moment(at: datetime, zone: str, fold: int | None = None) -> datetime:
    """The moment (UTC) of a naive time on the wall; the zone database decides whether it exists
    once. `fold` chooses the first (0) or second (1) where the clocks show it twice.

    Raises NoSuchTime for a time they skip, for one they show twice without a choice, and in a zone
    that is nowhere.
    """
    try:
        here = ZoneInfo(zone)
    except (KeyError, ValueError, OSError):  # unknown, no name of a zone, or a folder of them
        raise NoSuchTime(
            f"There is no time zone “{zone[:60]}”. Give one like Europe/London."
        ) from None
    first = at.replace(tzinfo=here, fold=0)
    second = first.replace(fold=1)
    if first.astimezone(UTC).astimezone(here).replace(tzinfo=None) != at:
        raise NoSuchTime(f"The clocks skip {at:%H:%M on %d %B %Y}. Choose an hour later.")
    if first.utcoffset() != second.utcoffset() and fold is None:
        raise Twice(
            f"The clocks show {at:%H:%M on %d %B %Y} twice. Add which: "
            f"{first.isoformat(' ', 'minutes')} or {second.isoformat(' ', 'minutes')}."
        )
    return (second if fold else first).astimezone(UTC)

"""Which days does a page of the planner show? Weeks begin on Monday; days are days on our wall."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from oyez.kit import clock

WEEK = timedelta(days=7)
FIRST, LAST = date(2000, 1, 1), date(2200, 12, 31)


def today() -> date:
    return timezone.localtime(clock.now()).date()


def read(day: str) -> date:
    """The day that an address names; else “Page not found”."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    if not FIRST <= found <= LAST:
        raise Http404
    return found


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def days(first: date, count: int) -> list[date]:
    return [first + timedelta(days=number) for number in range(count)]


def begins(day: date) -> datetime:
    """Its first moment. A midnight that the clocks skip or show twice is the earlier one."""
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE)).astimezone(UTC)


def month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def month_after(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def in_words(first: date, last: date) -> str:
    """ "23 to 29 November 2026", with the month or the year said twice where they differ."""
    if first.year != last.year:
        begin = date_format(first, "j F Y")
    elif first.month != last.month:
        begin = date_format(first, "j F")
    else:
        begin = date_format(first, "j")
    return _("%(first)s to %(last)s") % {"first": begin, "last": date_format(last, "j F Y")}

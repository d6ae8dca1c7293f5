"""How do we say when? "14:05, Monday 23 November (GMT)", or "5 minutes ago"."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oyez.kit import clock

MINUTE, DAY = 60, 86400


def in_full(moment: datetime) -> str:
    """`moment` in the house's time zone, which is named; the year where it is not this year."""
    local = timezone.localtime(moment)
    return _("%(time)s, %(day)s (%(zone)s)") % {
        "time": of_day(moment),
        "day": f"{date_format(local, 'l')} {day_of(local)}",
        "zone": local.tzname(),
    }


def of_day(moment: datetime) -> str:
    """ "14:05" in the house's time zone."""
    return date_format(timezone.localtime(moment), "H:i")


def day_of(moment: datetime) -> str:
    """ "23 November", with the year where it is not this year."""
    local = timezone.localtime(moment)
    this_year = timezone.localtime(clock.now()).year == local.year
    return date_format(local, "j F" if this_year else "j F Y")


def from_now(moment: datetime) -> str:
    """ "just now", "5 minutes ago", "in 3 hours"; more than a week away it is the day."""
    seconds = (clock.now() - moment).total_seconds()
    distance = abs(seconds)
    if distance < MINUTE:
        return _("just now") if seconds >= 0 else _("in less than a minute")
    if distance >= 7 * DAY:
        return day_of(moment)
    return _("%s ago") % length(distance) if seconds > 0 else _("in %s") % length(distance)


def length(seconds: float) -> str:
    """ "40 seconds", "5 minutes", "2 days": the nearest minute, then the largest whole unit."""
    if seconds < MINUTE:
        count = int(seconds)
        return ngettext("%d second", "%d seconds", count) % count
    minutes = round(seconds / MINUTE)
    if minutes < 60:
        return ngettext("%d minute", "%d minutes", minutes) % minutes
    hours = minutes // 60
    if hours < 24:
        return ngettext("%d hour", "%d hours", hours) % hours
    days = hours // 24
    return ngettext("%d day", "%d days", days) % days

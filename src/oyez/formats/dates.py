"""Which dates does feedparser get wrong? Handlers of ours for those, registered once."""

from __future__ import annotations

from calendar import timegm
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_tz
from time import struct_time

import feedparser
from feedparser import datetimes

from oyez.formats import words


def correct_feedparser() -> None:
    """British summer time is not UTC, and 2026-13-45 is no day.

    feedparser's own ISO reader fills gaps from the clock and makes a day of anything: ours instead.
    """
    datetimes._date_handlers[:] = [
        handler for handler in datetimes._date_handlers if handler.__name__ != "_parse_date_iso8601"
    ]
    feedparser.registerDateHandler(_european)
    feedparser.registerDateHandler(_iso)


def _european(date: str) -> struct_time | None:
    """Zone names that feedparser takes for UTC: British summer time and its neighbours."""
    name = date.rpartition(" ")[2].upper()
    hours = {"BST": 1, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3}.get(name)
    told = parsedate_tz(date[: -len(name)] + "+0000") if hours else None
    if not hours or not told:
        return None
    return (datetime.fromtimestamp(timegm(told[:9]), UTC) - timedelta(hours=hours)).utctimetuple()


def _iso(date: str) -> struct_time | None:
    found = words.moment(date)
    return found.utctimetuple() if found else None

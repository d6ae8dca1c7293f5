"""Which day is so many working days before or after another, by the holidays of the nations?

The dates of bank holidays are those of the package holidays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import lru_cache

import holidays

ENGLAND, WALES, SCOTLAND = "England", "Wales", "Scotland"
NORTHERN_IRELAND = "Northern Ireland"
NATIONS: Mapping[str, str] = {
    ENGLAND: "ENG",
    WALES: "WLS",
    SCOTLAND: "SCT",
    NORTHERN_IRELAND: "NIR",
}
FOI_DAYS = 20

Works = Callable[[date], bool]


def bank_holiday(day: date, nation: str) -> bool:
    """Good Friday and Christmas Day included, which are holidays by custom."""
    return day in _bank_holidays(nation, day.year)


@lru_cache
def _bank_holidays(nation: str, year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv=NATIONS[nation], years=year))


def is_weekend(day: date) -> bool:
    return day.weekday() >= 5


def works_everywhere(day: date) -> bool:
    """No weekend, and no bank holiday in any part of the United Kingdom."""
    return not is_weekend(day) and not any(bank_holiday(day, nation) for nation in NATIONS)


def counted(day: date, number: int, works: Works) -> date:
    """The last of `number` working days after `day`; before it where the number is negative."""
    step = timedelta(days=1 if number > 0 else -1)
    for _ in range(abs(number)):
        day += step
        while not works(day):
            day += step
    return day


def foi_due(received_on: date) -> date:
    """The last day to answer a freedom-of-information request: the twentieth working day after it
    came, bank holidays in any part of the United Kingdom left out (Act of 2000, section 10).
    """
    return counted(received_on, FOI_DAYS, works_everywhere)

"""Working days, against dates that were published."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from oyez.kit import workdays


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 12, 18), date(2027, 1, 21)),  # England alone would say the 20th
        (date(2027, 3, 1), date(2027, 4, 1)),  # St Patrick’s Day counts for everybody
    ],
)
def test_the_information_clock_leaves_out_bank_holidays_anywhere(received: date, due: date) -> None:
    assert workdays.foi_due(received) == due


def test_christmas_eve_is_a_working_day_for_that_clock() -> None:
    assert workdays.works_everywhere(date(2026, 12, 24))
    assert not workdays.works_everywhere(date(2026, 12, 25))


def test_a_request_that_comes_at_the_weekend_counts_from_monday() -> None:
    saturday = date(2027, 6, 5)
    assert workdays.foi_due(saturday) == workdays.foi_due(saturday - timedelta(days=1))


@pytest.mark.parametrize(
    ("nation", "day"),
    [
        (workdays.SCOTLAND, date(2026, 11, 30)),
        (workdays.NORTHERN_IRELAND, date(2027, 3, 17)),
        (workdays.ENGLAND, date(2027, 3, 29)),
    ],
)
def test_a_holiday_of_one_nation_is_not_everybody_s(nation: str, day: date) -> None:
    assert workdays.bank_holiday(day, nation)
    assert not all(workdays.bank_holiday(day, other) for other in workdays.NATIONS)


def test_one_forward_and_one_back_skip_the_weekend() -> None:
    friday, monday = date(2027, 6, 4), date(2027, 6, 7)
    assert workdays.counted(friday, 1, workdays.works_everywhere) == monday
    assert workdays.counted(monday, -1, workdays.works_everywhere) == friday

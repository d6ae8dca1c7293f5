"""When a period begins, by published election timetables, and what is wrong with one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from oyez.emergency import rules
from oyez.emergency.rules import Dates, Said
from oyez.kit.workdays import ENGLAND, NORTHERN_IRELAND, SCOTLAND, WALES

TODAY = date(2026, 11, 24)
KINDS = {kind: kind for kind in ("pre_election", "referendum", "mourning", "incident", "custom")}
COUNTY = Said("pre_election", "County election", polling_on=date(2027, 5, 6))


@pytest.mark.parametrize(
    ("poll", "nation", "notice"),
    [
        (date(2016, 5, 5), ENGLAND, date(2016, 3, 30)),
        (date(2017, 4, 20), ENGLAND, date(2017, 3, 14)),
        (date(2027, 5, 6), ENGLAND, date(2027, 3, 31)),
        (date(2027, 5, 6), WALES, date(2027, 3, 31)),
        (date(2016, 5, 5), SCOTLAND, date(2016, 3, 23)),  # Easter Monday left out
        (date(2022, 12, 8), SCOTLAND, date(2022, 10, 28)),  # St Andrew’s Day left out
    ],
)
def test_the_notice_of_election_comes_no_later_than_was_published(
    poll: date, nation: str, notice: date
) -> None:
    assert rules.notice_of_election(poll, nation) == notice


def test_a_nation_s_own_holiday_moves_its_notice_alone() -> None:
    poll = date(2027, 3, 25)  # St Patrick’s Day is a week before
    english = rules.notice_of_election(poll, ENGLAND)
    assert rules.notice_of_election(poll, NORTHERN_IRELAND) == english.replace(day=english.day - 1)


def test_christmas_eve_does_not_count_towards_a_poll() -> None:
    assert rules.working_days_before(date(2026, 12, 29), 1) == date(2026, 12, 23)


def test_a_referendum_s_period_is_four_weeks() -> None:
    poll = date(2027, 5, 6)
    assert rules.proposed("referendum", poll) == Dates(date(2027, 4, 8), poll)


def test_the_officer_s_own_day_wins_and_the_computed_one_is_known() -> None:
    own = replace(COUNTY, begins_on=date(2027, 3, 24))
    assert rules.days_of(own) == Dates(date(2027, 3, 24), date(2027, 5, 6))
    assert rules.first_proposed(own) == date(2027, 3, 31)


def test_it_ends_when_the_polls_close_and_else_with_the_day() -> None:
    dates = Dates(date(2027, 3, 31), date(2027, 5, 6))
    assert rules.first_moment(dates) == datetime(2027, 3, 31)  # on the wall
    polls_close = datetime(2027, 5, 6, 22)
    assert rules.last_moment(dates, dates.ends_on) == polls_close
    assert rules.last_moment(dates, None) == datetime(2027, 5, 7)


def test_days_that_followed_from_the_poll_follow_it_when_it_moves() -> None:
    whole = replace(COUNTY, begins_on=date(2027, 3, 31), ends_on=date(2027, 5, 6))
    moved = rules.with_changes(whole, {"polling_on": date(2027, 5, 13)})
    assert rules.days_of(moved) == rules.proposed("pre_election", date(2027, 5, 13))


def test_the_officer_s_own_first_day_stays_when_the_poll_moves() -> None:
    own = replace(COUNTY, begins_on=date(2027, 3, 24), ends_on=date(2027, 5, 6))
    moved = rules.with_changes(own, {"polling_on": date(2027, 5, 13)})
    assert rules.days_of(moved) == Dates(date(2027, 3, 24), date(2027, 5, 13))


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ({"name": " \u200b"}, "Give the period a name"),
        ({"name": "x" * 201}, "too long"),
        ({"kind": "purdah"}, "no kind “purdah”"),
        ({"nation": "Cornwall"}, "no nation “Cornwall”"),
        ({"polling_on": None}, "Give the polling day"),
        ({"polling_on": date(2037, 5, 6)}, "6 May 2037 is more than two years ahead"),
        ({"begins_on": date(2027, 5, 7)}, "before it begins on 7 May 2027"),
        ({"begins_on": date(1, 1, 1)}, "more than two years ago"),
        ({"polling_on": date(2026, 5, 7)}, "over already: it ends on 7 May 2026"),
        ({"kind": "mourning"}, "Give the first day and the last day"),
        ({"kind": "custom", "begins_on": TODAY, "ends_on": date(2030, 1, 1)}, "years ahead"),
    ],
)
def test_what_is_wrong_is_said_in_words(new: dict[str, object], words: str) -> None:
    assert words in rules.wrong(replace(COUNTY, **new), KINDS, TODAY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "new",
    [
        {},
        {"begins_on": date(2027, 5, 6)},  # one day is a period
        {"begins_on": date(2026, 11, 1)},  # it may have begun already
        {"kind": "mourning", "begins_on": TODAY, "ends_on": TODAY},
    ],
)
def test_what_is_right_passes(new: dict[str, object]) -> None:
    assert not rules.wrong(replace(COUNTY, **new), KINDS, TODAY)  # type: ignore[arg-type]

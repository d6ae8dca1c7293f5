"""Sensitive periods: opened, changed, closed, and when they hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from oyez.emergency import actions, queries
from oyez.emergency.models import Period
from oyez.emergency.rules import Said
from oyez.kit import clock
from oyez.ledger import queries as ledger
from oyez.ledger.actor import NotAllowed, Refusal
from oyez.people.rules import Machine
from tests.factories import BY

pytestmark = pytest.mark.django_db

POLL = date(2027, 5, 6)
SPRING = datetime(2027, 4, 12, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    clock.set_reader(lambda: datetime(2026, 11, 24, 12, tzinfo=UTC))
    yield
    clock.set_reader(None)


def it_is(moment: datetime) -> None:
    clock.set_reader(lambda: moment)


def an_election(**more: object) -> Period:
    said = {"kind": "pre_election", "name": "County election", "polling_on": POLL}
    return actions.open_period(Said(**{**said, **more}), by=BY)  # type: ignore[arg-type]


def a_time(name: str, first: date, last: date, area: str = "") -> Period:
    return actions.open_period(Said("custom", name, area, first, last), by=BY)


def test_it_begins_at_midnight_and_ends_when_the_polls_close_on_the_wall() -> None:
    period = an_election()
    assert period.begins_at == datetime(2027, 3, 30, 23, tzinfo=UTC)  # the clocks have changed
    assert period.ends_at == datetime(2027, 5, 6, 21, tzinfo=UTC)
    assert not queries.periods_in_force(period.begins_at - timedelta(seconds=1))
    assert queries.periods_in_force(period.begins_at).get() == period
    assert queries.periods_in_force(period.ends_at - timedelta(seconds=1)).get() == period
    assert not queries.periods_in_force(period.ends_at)


def test_the_officer_s_day_wins_and_the_computed_one_is_kept() -> None:
    period = an_election(begins_on=date(2027, 3, 24))
    assert period.begins_on == date(2027, 3, 24)
    assert period.proposed_begins_on == date(2027, 3, 31)


def test_a_day_of_mourning_lasts_until_midnight() -> None:
    day = date(2026, 12, 1)
    period = actions.open_period(Said("mourning", "A funeral", "", day, day), by=BY)
    assert period.ends_at == datetime(2026, 12, 2, tzinfo=UTC)
    assert period.proposed_begins_on is None


def test_periods_may_overlap_and_each_covers_its_own_area() -> None:
    north = a_time("North", date(2027, 4, 1), date(2027, 4, 30), area="North  Ward ")
    everywhere = an_election()
    assert set(queries.covering(SPRING, "north ward")) == {north, everywhere}
    assert set(queries.covering(SPRING, "South Ward")) == {everywhere}
    assert set(queries.covering(SPRING, "")) == {north, everywhere}


def test_touching_is_sharing_any_moment() -> None:
    period = an_election()
    hour = timedelta(hours=1)
    begin, end = period.begins_at, period.ends_at
    assert not queries.periods_touching(begin - hour, begin)
    assert queries.periods_touching(begin - hour, begin + hour)
    assert queries.periods_touching(SPRING, SPRING + hour)
    assert queries.periods_touching(begin - hour, end + hour)
    assert not queries.periods_touching(end, end + hour)


def test_a_closed_one_holds_until_then_and_no_longer() -> None:
    period = an_election()
    it_is(SPRING)
    actions.close_period(period, why="The election was called off.", by=BY)
    hour = timedelta(hours=1)
    assert queries.periods_in_force(SPRING - hour).get() == period
    assert not queries.periods_in_force(SPRING)
    assert queries.periods_touching(SPRING - hour, SPRING + hour)
    assert not queries.periods_touching(SPRING, SPRING + hour)
    assert queries.periods_over().get() == period


def test_one_called_off_before_it_began_never_holds() -> None:
    period = actions.close_period(an_election(), why="By mistake", by=BY)
    assert not queries.upcoming()
    assert not queries.periods_in_force(SPRING)
    assert not queries.periods_touching(period.begins_at, period.ends_at)


def test_what_is_to_come_is_not_yet_in_force() -> None:
    period = an_election()
    assert queries.upcoming().get() == period
    it_is(SPRING)
    assert not queries.upcoming()


def test_a_change_moves_the_moments_and_the_record_has_the_days_and_no_words() -> None:
    period = an_election()
    changed = actions.change_period(
        period, begins_on=date(2027, 3, 24), note="The notice is early.", by=BY
    )
    assert changed.begins_at == datetime(2027, 3, 24, tzinfo=UTC)
    record = ledger.history(period).last()
    assert record.kind == "emergency.period_changed"
    assert record.data == {"changed": {"begins_on": ["2027-03-31", "2027-03-24"], "note": []}}


def test_saying_the_same_again_is_no_change() -> None:
    period = an_election()
    actions.change_period(period, name="County election", by=BY)
    assert [event.kind for event in ledger.history(period)] == ["emergency.period_opened"]


def test_a_wrong_change_is_refused_and_nothing_of_it_kept() -> None:
    period = an_election()
    with pytest.raises(Refusal, match="before it begins"):
        actions.change_period(period, name="New name", ends_on=date(2027, 1, 1), by=BY)
    assert queries.period(period.pk).name == "County election"


def test_what_is_over_is_neither_changed_nor_closed() -> None:
    period = an_election()
    actions.close_period(period, why="By mistake", by=BY)
    with pytest.raises(Refusal, match="over already"):
        actions.close_period(period, why="Again", by=BY)
    with pytest.raises(Refusal, match="over already"):
        actions.change_period(period, name="x", by=BY)


def test_closing_needs_a_reason() -> None:
    with pytest.raises(Refusal, match="Say why"):
        actions.close_period(an_election(), why=" ", by=BY)


def test_a_feed_may_not_open_one() -> None:
    with pytest.raises(NotAllowed):
        actions.open_period(
            Said("pre_election", "x", polling_on=POLL), by=Machine("feed", "1", "Feed")
        )
    assert not queries.every_period()


@pytest.mark.parametrize(
    ("kind", "poll", "nation", "words"),
    [
        ("pre_election", date(9999, 12, 31), "England", "more than two years ahead"),
        ("pre_election", date(1, 1, 1), "England", "more than two years ago"),
        ("pre_election", POLL, "Cornwall", "no nation"),
        ("mourning", POLL, "England", "Only a pre-election or referendum"),
    ],
)
def test_what_cannot_be_computed_is_refused(kind: str, poll: date, nation: str, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        queries.proposed(kind, poll, nation)

"""Who is away, and who answers for them?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from oyez.kit import clock
from oyez.ledger.actor import NotAllowed, Refusal
from oyez.people import actions, queries
from oyez.people.models import Person
from tests.cli.test_verbs import oyez
from tests.factories import BY

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)
FRIDAY, SATURDAY = date(2026, 11, 27), date(2026, 11, 28)


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    clock.set_reader(lambda: datetime(2026, 11, 23, 9, tzinfo=UTC))
    yield
    clock.set_reader(None)


@pytest.fixture
def ada() -> Person:
    return actions.invite("ada@council.example", name="Ada", role="officer", by=BY)


@pytest.fixture
def ben() -> Person:
    return actions.invite("ben@council.example", name="Ben", role="officer", by=BY)


def test_somebody_is_away_from_the_first_day_to_the_last(ada: Person, ben: Person) -> None:
    actions.set_absence(ada, MONDAY, FRIDAY, ben, by=ada)
    days = (MONDAY - timedelta(days=1), MONDAY, FRIDAY, SATURDAY)
    assert [queries.is_away(ada, day) for day in days] == [False, True, True, False]
    assert [queries.deputy_of(ada, day) for day in days] == [None, ben, ben, None]


def test_who_is_back_early_is_here(ada: Person, ben: Person) -> None:
    absence = actions.set_absence(ada, MONDAY, FRIDAY, ben, by=ada)
    actions.end_absence(absence, by=ada)
    assert (queries.is_away(ada, MONDAY), queries.deputy_of(ada, MONDAY)) == (False, None)
    with pytest.raises(Refusal, match="ended already"):
        actions.end_absence(absence, by=ada)


def test_a_deputy_who_is_away_or_gone_answers_for_nobody(ada: Person, ben: Person) -> None:
    eve = actions.invite("eve@council.example", name="Eve", by=BY)
    actions.set_absence(ada, MONDAY, SATURDAY, ben, by=ada)
    actions.set_absence(ben, MONDAY, FRIDAY, eve, by=ben)
    assert queries.deputy_of(ada, FRIDAY) is None
    assert queries.deputy_of(ada, SATURDAY) == ben
    actions.remove(ben, by=BY)
    assert queries.deputy_of(ada, SATURDAY) is None


def test_two_absences_may_touch_and_not_overlap(ada: Person) -> None:
    actions.set_absence(ada, MONDAY, FRIDAY, by=ada)
    actions.set_absence(ada, SATURDAY, SATURDAY, by=ada)
    with pytest.raises(Refusal, match="already away from 23 November 2026 to 27 November 2026"):
        actions.set_absence(ada, FRIDAY, SATURDAY, by=ada)


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        (FRIDAY, MONDAY, "must not be before the first"),
        (date(2026, 11, 1), date(2026, 11, 22), "has passed"),
        (MONDAY, date(2028, 1, 1), "may last a year"),
    ],
)
def test_days_that_make_no_sense_are_refused(
    ada: Person, first: date, last: date, says: str
) -> None:
    with pytest.raises(Refusal, match=says):
        actions.set_absence(ada, first, last, by=ada)


def test_today_alone_is_an_absence(ada: Person) -> None:
    actions.set_absence(ada, MONDAY, MONDAY, by=ada)
    assert queries.is_away(ada, MONDAY)


def test_nobody_is_their_own_deputy_nor_is_somebody_removed(ada: Person, ben: Person) -> None:
    with pytest.raises(Refusal, match="their own deputy"):
        actions.set_absence(ada, MONDAY, FRIDAY, ada, by=ada)
    actions.remove(ben, by=BY)
    ben.refresh_from_db()
    with pytest.raises(Refusal, match="no longer here"):
        actions.set_absence(ada, MONDAY, FRIDAY, ben, by=ada)


def test_only_an_administrator_says_it_for_others(ada: Person, ben: Person) -> None:
    with pytest.raises(NotAllowed):
        actions.set_absence(ada, MONDAY, FRIDAY, by=ben)
    ben.role = Person.Role.ADMINISTRATOR
    absence = actions.set_absence(ada, MONDAY, FRIDAY, by=ben)
    ben.role = Person.Role.OFFICER
    with pytest.raises(NotAllowed):
        actions.end_absence(absence, by=ben)


def test_the_command_line_says_it_too(ada: Person, ben: Person) -> None:
    said = oyez("people", "away", ada.email, "--until", "2026-11-27", "--deputy", ben.email)
    assert (
        said.output == "Ada is away from 23 November to 27 November 2026. Ben answers for them.\n"
    )
    assert queries.deputy_of(ada, FRIDAY) == ben
    assert oyez("people", "back", ada.email).output == "Ada is back.\n"
    again = oyez("people", "back", ada.email)
    assert (again.exit_code, queries.is_away(ada, MONDAY)) == (1, False)

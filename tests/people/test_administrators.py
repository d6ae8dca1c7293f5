"""Two persons make an administrator."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from oyez.kit import clock
from oyez.ledger.actor import NotAllowed, Refusal
from oyez.ledger.models import Event
from oyez.people import actions, queries
from oyez.people.models import Grant, Person
from tests.factories import BY

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    clock.set_reader(lambda: NOW)
    yield
    clock.set_reader(None)


def somebody(name: str, role: str = "administrator") -> Person:
    return actions.invite(f"{name.lower()}@council.example", name=name, role=role, by=BY)


@pytest.fixture
def ada() -> Person:
    return somebody("Ada")


@pytest.fixture
def ben() -> Person:
    return somebody("Ben")


@pytest.fixture
def eve() -> Person:
    return somebody("Eve", "officer")


def how(person: Person) -> str:
    event = Event.objects.filter(kind="people.administrator_made", on_id=str(person.pk)).last()
    return event.data["how"] if event else ""


def role(person: Person) -> str:
    return Person.objects.get(pk=person.pk).role


def asked(by: Person, person: Person) -> Grant:
    grant = actions.give(person, role="administrator", why="Holidays", by=by)
    assert grant
    return grant


def test_one_asks_and_another_confirms(ada: Person, ben: Person, eve: Person) -> None:
    grant = asked(ada, eve)
    assert (role(eve), [one.person for one in queries.grants()]) == ("officer", [eve])
    actions.confirm(grant, by=ben)
    assert (role(eve), how(eve), list(queries.grants())) == ("administrator", "confirmed", [])


def test_neither_who_asked_nor_the_one_it_is_about_nor_the_machine_confirms(
    ada: Person, ben: Person, eve: Person
) -> None:
    grant = asked(ada, eve)
    with pytest.raises(Refusal, match="You asked for this"):
        actions.confirm(grant, by=ada)
    with pytest.raises(NotAllowed):
        actions.confirm(grant, by=eve)
    with pytest.raises(Refusal, match="Only a person may confirm"):
        actions.confirm(grant, by=BY)
    assert role(eve) == "officer"


def test_whoever_is_no_administrator_asks_in_vain(ada: Person, eve: Person) -> None:
    with pytest.raises(NotAllowed):
        actions.give(somebody("Rhys", "reader"), role="administrator", by=eve)
    assert not Grant.objects.exists()


def test_after_seven_days_it_must_be_asked_for_anew(ada: Person, ben: Person, eve: Person) -> None:
    grant = asked(ada, eve)
    clock.set_reader(lambda: NOW + timedelta(days=7, minutes=1))
    with pytest.raises(Refusal, match="within seven days"):
        actions.confirm(grant, by=ben)
    assert not queries.grants()
    actions.confirm(asked(ada, eve), by=ben)
    assert role(eve) == "administrator"


def test_what_somebody_asked_who_is_gone_is_not_confirmed(
    ada: Person, ben: Person, eve: Person
) -> None:
    grant = asked(ada, eve)
    actions.remove(ada, by=ben)
    with pytest.raises(Refusal, match="no administrator any more"):
        actions.confirm(grant, by=ben)


def test_declined_is_settled(ada: Person, ben: Person, eve: Person) -> None:
    grant = asked(ada, eve)
    actions.decline(grant, by=ben)
    with pytest.raises(Refusal, match="settled already"):
        actions.confirm(grant, by=ben)


def test_the_only_administrator_grants_alone_and_the_record_says_so(
    ada: Person, eve: Person
) -> None:
    assert actions.give(eve, role="administrator", by=ada) is None
    assert (role(eve), how(eve)) == ("administrator", "alone")


def test_whoever_sends_the_other_away_cannot_grant_alone_for_a_week(
    ada: Person, ben: Person, eve: Person
) -> None:
    actions.remove(ben, by=ada)
    with pytest.raises(Refusal, match="removed lately"):
        actions.give(eve, role="administrator", by=ada)
    clock.set_reader(lambda: NOW + timedelta(days=7, minutes=1))
    actions.give(eve, role="administrator", by=ada)
    assert how(eve) == "alone"


def test_nor_after_taking_the_role_away(ada: Person, ben: Person, eve: Person) -> None:
    actions.give(ben, role="reader", by=ada)
    with pytest.raises(Refusal, match="removed lately"):
        actions.give(eve, role="administrator", by=ada)


def test_the_machine_grants_at_once_with_its_reason(ada: Person, ben: Person, eve: Person) -> None:
    actions.give(eve, role="administrator", why="Both are ill", by=BY)
    event = Event.objects.get(kind="people.administrator_made", on_id=str(eve.pk))
    assert (event.data["how"], event.data["why"]) == ("console", "Both are ill")


def test_the_last_one_stays(ada: Person) -> None:
    for leaving in (
        lambda: actions.remove(ada, by=BY),
        lambda: actions.give(ada, role="reader", by=BY),
    ):
        with pytest.raises(Refusal, match="last administrator"):
            leaving()
    assert role(ada) == "administrator"


def test_somebody_invited_to_be_one_comes_in_as_a_reader(ada: Person, ben: Person) -> None:
    new = actions.invite("new@council.example", role="administrator", by=ada)
    assert (new.role, queries.grants().get().person) == ("reader", new)


def test_sessions_end_when_a_right_is_lost_and_not_when_one_is_gained(
    ada: Person, eve: Person
) -> None:
    epochs = [eve.epoch]
    for gained_or_lost in ("approver", "officer", "reader"):
        actions.give(eve, role=gained_or_lost, by=ada)
        epochs.append(eve.epoch)
    assert epochs == [0, 1, 1, 2]

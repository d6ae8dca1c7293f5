"""A name can be erased, and the record stays whole."""

from __future__ import annotations

import pytest
from django.db import connection

from oyez.ledger.actions import chain_all, forget
from oyez.ledger.actor import NotAllowed, Refusal
from oyez.ledger.models import Event, Link, Name
from oyez.ledger.queries import verify
from oyez.people import actions as people
from oyez.people.models import Person
from oyez.people.rules import ADMINISTRATOR, OFFICER
from tests.factories import BY
from tests.ledger import spoiling
from tests.ledger.happening import things_happen

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("anchors")]


def rose(role: str = ADMINISTRATOR) -> Person:
    return people.invite("rose@council.example", name="Rose Parks", role=role, by=BY)


def test_the_name_is_gone_and_the_record_whole() -> None:
    person = rose()
    things_happen(3, by=person)
    chain_all()
    assert forget("person", str(person.pk), "She asked us to", by=BY) == 1
    assert not Event.objects.filter(by_name__contains="Rose").exists()
    assert not Name.objects.filter(name__contains="Rose").exists()
    assert Event.objects.filter(by_kind="person", by_id=str(person.pk)).count() == 3
    assert verify().broken is None


def test_who_erased_it_and_why_is_on_record() -> None:
    person = rose()
    things_happen(1, by=person)
    forget("person", str(person.pk), "She asked us to", by=BY)
    told = Event.objects.get(kind="ledger.forgotten")
    assert told.data["why"] == "She asked us to"
    assert told.data["who"] == {"kind": "person", "id": str(person.pk)}
    assert Link.objects.filter(event=told.pk).exists()


def test_what_has_no_link_yet_is_forgotten_too() -> None:
    person = rose()
    things_happen(2, by=person)
    forget("person", str(person.pk), "She asked us to", by=BY)
    things_happen(1)
    chain_all()
    assert verify().broken is None
    assert not Name.objects.filter(name__contains="Rose").exists()


def test_somebody_who_comes_back_has_a_name_again() -> None:
    person = rose()
    things_happen(1, by=person)
    forget("person", str(person.pk), "She asked us to", by=BY)
    things_happen(1, by=person)
    chain_all()
    assert verify().broken is None
    assert Name.objects.filter(by_id=str(person.pk), by_kind="person").count() == 2


def test_erasing_behind_the_house_s_back_is_found() -> None:
    things_happen(3, by=rose())
    chain_all()
    with connection.cursor() as cursor, spoiling.without_triggers(cursor.execute):
        cursor.execute("update ledger_event set by_name = ''")
        cursor.execute("update ledger_name set name = '', salt = '', erased = true")
    found = verify().broken
    assert found
    assert found.says == "A name has been erased here, and nobody is on record for it."


@pytest.mark.parametrize(("who", "why"), [("99", "Asked"), ("", "Asked"), (None, " ")])
def test_nothing_to_erase_and_no_reason_are_said(who: str | None, why: str) -> None:
    person = rose()
    things_happen(1, by=person)
    with pytest.raises(Refusal, match=r"holds no name|Say why"):
        forget("person", str(person.pk) if who is None else who, why, by=BY)


def test_an_officer_may_not() -> None:
    person = rose(OFFICER)
    things_happen(1, by=person)
    with pytest.raises(NotAllowed):
        forget("person", str(person.pk), "I asked", by=person)

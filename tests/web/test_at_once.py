"""The same form sent by many at the same moment: one of them did it, nobody meets a fault."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client

from oyez.people import actions as people
from oyez.people.models import Person
from oyez.posts.models import Template
from tests.entering import signed_in
from tests.factories import BY, a_channel
from tests.fakes.networks import Findable, fakes

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 6


@pytest.fixture
def ada() -> Person:
    return people.invite("ada@council.example", name="Ada", role="administrator", by=BY)


def at_once(person: Person, page: str, answers: dict[str, str]) -> list[int]:
    """What each of many browsers is answered, in order of the number."""
    return together([(signed_in(person), page) for _ in range(MANY)], answers)


def together(presses: list[tuple[Client, str]], answers: dict[str, str]) -> list[int]:
    now = Barrier(len(presses))

    def press(one: tuple[Client, str]) -> int:
        browser, page = one
        browser.raise_request_exception = False
        try:
            now.wait(timeout=20)
            return browser.post(page, answers).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(presses)) as hands:
        return sorted(hands.map(press, presses))


def test_one_person_is_invited_once(ada: Person) -> None:
    answers = {"email": "sam@council.example", "name": "Sam", "role": "reader"}
    assert at_once(ada, "/settings/people/invite", answers) == [302] + [422] * (MANY - 1)
    assert Person.objects.filter(email="sam@council.example").count() == 1


def test_one_template_is_kept_once(ada: Person) -> None:
    answers = {"name": "Flood", "text": "Stay away.", "kind": "template", "language": "en"}
    assert at_once(ada, "/settings/templates/add", answers) == [302] + [422] * (MANY - 1)
    assert Template.objects.count() == 1


def test_the_steps_of_a_channel_are_set_by_each_in_turn(ada: Person) -> None:
    answers = {"role_1": "approver", "need_1": "any", "role_2": "officer", "need_2": "any"}
    with fakes(Findable):
        channel = a_channel()
        assert at_once(ada, f"/channels/{channel.pk}/steps", answers) == [302] * MANY
    assert [step.number for step in channel.steps.order_by("number")] == [1, 2]


def test_administrators_who_end_each_other_s_role_leave_one_and_meet_no_fault(ada: Person) -> None:
    for number in range(12):
        bea = people.invite(f"bea{number}@council.example", role="reader", by=BY)
        people.give(bea, role="administrator", why="Two", by=BY)
        pages = [f"/settings/people/{one.pk}/change" for one in (bea, ada)]
        presses = list(zip([signed_in(ada), signed_in(bea)], pages, strict=True))
        codes = together(presses, {"role": "reader"})
        assert max(codes) < 500
        left = Person.objects.filter(role="administrator", is_active=True)
        assert left.exists()
        left.exclude(pk=ada.pk).update(role="reader")
        Person.objects.filter(pk=ada.pk).update(role="administrator")
        ada.refresh_from_db()

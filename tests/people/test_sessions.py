"""Do sessions end when they must: everywhere, with the next click?"""

from __future__ import annotations

import pytest
from django.test import Client

from oyez.ledger.actor import NotAllowed
from oyez.people import actions, rules
from oyez.people.models import Person
from tests.cli.test_verbs import oyez
from tests.factories import BY

pytestmark = pytest.mark.django_db


@pytest.fixture
def rhys() -> Person:
    return actions.invite("rhys@council.example", name="Rhys", by=BY)


def a_browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    assert client.get("/messages").status_code == 200
    return client


def test_all_sessions_end_at_once_and_new_ones_begin(rhys: Person) -> None:
    browsers = [a_browser(rhys), a_browser(rhys)]
    actions.end_sessions(rhys, by=BY)
    assert [browser.get("/messages").status_code for browser in browsers] == [302, 302]
    assert a_browser(rhys)


def test_whoever_comes_back_after_removal_finds_no_old_session(rhys: Person) -> None:
    browser = a_browser(rhys)
    actions.remove(rhys, by=BY)
    actions.invite("rhys@council.example", by=BY)
    assert browser.get("/messages").status_code == 302


def test_a_session_of_the_release_before_goes_on(rhys: Person) -> None:
    """Its hash is Django’s own; ours adds nothing in the first epoch."""
    theirs = super(Person, rhys).get_session_auth_hash()
    assert rhys.get_session_auth_hash() == theirs


def test_a_colleague_ends_only_their_own(rhys: Person) -> None:
    wyn = actions.invite("wyn@council.example", role=rules.WRITER, by=BY)
    actions.end_sessions(wyn, by=wyn)
    with pytest.raises(NotAllowed, match="for Rhys"):
        actions.end_sessions(rhys, by=wyn)


def said(*words: str) -> str:
    return str(oyez(*words).output).removesuffix("\n")


def test_an_administrator_ends_somebody_s_and_the_machine_everybody_s(rhys: Person) -> None:
    wyn = actions.invite("wyn@council.example", role=rules.ADMINISTRATOR, why="First", by=BY)
    here, there = a_browser(rhys), a_browser(wyn)
    assert said("--as", wyn.email, "people", "sign-out", rhys.email) == f"Signed out: {rhys.email}."
    assert here.get("/messages").status_code == 302
    assert there.get("/messages").status_code == 200
    rhys.refresh_from_db()
    here = a_browser(rhys)
    said("people", "sign-out", "--everybody")
    assert {one.get("/messages").status_code for one in (here, there)} == {302}


@pytest.mark.parametrize("words", [[], ["rhys@council.example", "--everybody"]])
def test_it_must_be_clear_whose_sessions_end(rhys: Person, words: list[str]) -> None:
    assert "Say whose sessions end" in said("people", "sign-out", *words)

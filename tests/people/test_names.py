"""Whose name is whose, and what somebody brings along who comes back."""

from __future__ import annotations

import pytest

from oyez.ledger.actor import Refusal
from oyez.people import actions, queries, rules
from tests.factories import BY

pytestmark = pytest.mark.django_db
EMAIL = "sam@council.example"


@pytest.mark.parametrize(
    "name", ["job:deliveries", "Console: root", "oyez db restore", "Ada (typed by root)", " OYEZ "]
)
def test_nobody_is_called_as_the_house_is(name: str) -> None:
    with pytest.raises(Refusal, match="taken for the house itself"):
        actions.invite(EMAIL, name=name, by=BY)
    person = actions.invite(EMAIL, name="Sam", by=BY)
    with pytest.raises(Refusal, match="taken for the house itself"):
        actions.rename(person, name, by=person)


@pytest.mark.parametrize("name", ["Jo Bridge", "Fay Oyezanya", "Feedi Console"])
def test_other_names_are_theirs(name: str) -> None:
    assert actions.invite(EMAIL, name=name, by=BY).name == name


def test_whoever_comes_back_has_no_duty_of_before() -> None:
    person = actions.invite(EMAIL, name="Sam", role=rules.OFFICER, by=BY)
    actions.give(person, duties=[rules.MONITORING_OFFICER], by=BY)
    actions.remove(person, by=BY)
    assert actions.invite(EMAIL, name="Sam", by=BY).duties == []


def test_a_role_is_changed_as_it_stands_and_not_as_it_was_read() -> None:
    person = actions.invite(EMAIL, name="Sam", role=rules.OFFICER, by=BY)
    read_before = queries.person(EMAIL)
    assert read_before
    actions.give(person, role=rules.READER, by=BY)
    actions.give(read_before, duties=[rules.MONITORING_OFFICER], by=BY)
    person.refresh_from_db()
    assert person.role == rules.READER


@pytest.mark.parametrize("user", ["root", "Jo Bridge", "a b\tc", "x" * 300, ")", " ", "(typed by)"])
@pytest.mark.parametrize("name", ["Ann", "A" * rules.LONGEST_NAME])
def test_what_is_typed_is_known_for_it_and_fits_whatever_the_machine_calls_its_user(
    name: str, user: str
) -> None:
    typed = rules.typed(name, user)
    assert rules.was_typed(typed)
    assert rules.is_ours(typed)
    assert len(typed) <= rules.LONGEST_NAME
    assert len(rules.console(user).id) <= 80


def test_an_ordinary_user_and_an_ordinary_name_are_kept_whole() -> None:
    assert rules.typed("Ann", "root") == "Ann (typed by root)"
    assert rules.console("root").name == "console:root"
    assert not rules.was_typed("Ann")

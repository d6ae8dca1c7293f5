"""What the checks know of the house: said line by line, refused where it makes no sense."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from oyez.ledger import queries as ledger
from oyez.ledger.actor import NotAllowed, Refusal
from oyez.people import actions as people
from oyez.people.rules import OFFICER
from oyez.policy import actions, facts, queries
from oyez.policy.contract import Hours
from tests.factories import BY


@pytest.mark.parametrize(
    ("line", "hours"),
    [
        ("mon-fri 09:00-17:00", Hours()),
        ("Mon-Fri 09:00 – 17:00", Hours()),
        ("mon, wed-thu 08:30-12:00", Hours(frozenset({0, 2, 3}), time(8, 30), time(12))),
        ("never", Hours(frozenset())),
    ],
)
def test_hours_are_read_as_people_write_them(line: str, hours: Hours) -> None:
    assert facts.read_hours(line) == hours
    assert facts.read_hours(facts.as_line(hours)) == hours


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("hours", "nine to five"),
        ("hours", "fri-mon 09:00-17:00"),
        ("hours", "mon 17:00-09:00"),
        ("hours", "mon 25:00-26:00"),
        ("own_domains", "https://council.example"),
        ("own_domains", "gov.uk"),
        ("own_domains", "localhost"),
        ("shorteners", "our links"),
        ("languages", "Welsh"),
        ("own_contacts", "the desk"),
        ("own_words", "x" * 201),
        ("own_words", "x\0"),
        ("colour", "blue"),
    ],
)
def test_what_makes_no_sense_is_said_in_words(key: str, line: str) -> None:
    assert facts.wrong(key, [line])


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("own_domains", "council.example"),
        ("own_domains", "tavistock.gov.uk"),
        ("shorteners", "tavi.link"),
        ("languages", "cy"),
        ("own_contacts", "01822 600 100"),
        ("own_contacts", "999"),
        ("own_contacts", "help@council.example"),
        ("own_words", "Storm Éowyn"),
    ],
)
def test_what_makes_sense_is_kept(key: str, line: str) -> None:
    assert facts.wrong(key, [line]) == ""


@given(some.sampled_from(sorted(facts.ASKS)), some.lists(some.text(max_size=210), max_size=3))
def test_any_lines_are_kept_or_refused_in_one_sentence(key: str, lines: list[str]) -> None:
    kept = facts.tidy(lines)
    if not facts.wrong(key, kept):
        facts.known({key: kept})


@pytest.mark.django_db
def test_the_house_begins_with_office_hours_and_english() -> None:
    assert queries.facts() == facts.Facts()
    assert queries.facts().languages == ("en",)


@pytest.mark.django_db
def test_a_fact_is_said_anew_and_the_record_keeps_who() -> None:
    actions.set_fact("own_contacts", ["01822 600 100", " ", "01822 600 100"], by=BY)
    fact = actions.set_fact("own_contacts", ["help@council.example"], by=BY)
    actions.set_fact("own_contacts", ["help@council.example"], by=BY)
    assert queries.facts().own_contacts == ("help@council.example",)
    assert fact.by["name"] == "console:tester"
    assert ledger.history(fact).count() == 2


@pytest.mark.django_db
def test_a_house_without_hours_or_languages_is_refused() -> None:
    for key in ("hours", "languages"):
        with pytest.raises(Refusal, match="at least one line"):
            actions.set_fact(key, [], by=BY)
    actions.set_fact("own_words", [], by=BY)
    assert queries.facts() == facts.Facts()


@pytest.mark.django_db
def test_only_an_administrator_says_what_the_house_is() -> None:
    sam = people.invite("sam@council.example", name="Sam", role=OFFICER, by=BY)
    with pytest.raises(NotAllowed):
        actions.set_fact("own_contacts", ["07700 900123"], by=sam)

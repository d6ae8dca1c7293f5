"""The policy as a document: published in versions, read by clauses, acknowledged by each."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from oyez.ledger import queries as ledger
from oyez.ledger.actor import NotAllowed, Refusal
from oyez.people import actions as people
from oyez.people.models import Person
from oyez.people.rules import ADMINISTRATOR, OFFICER, READER, Machine
from oyez.policy import actions, queries, rules
from oyez.policy.rules import Said
from tests.factories import BY
from tests.policy.document import TEXT, a_version


def someone(name: str, role: str = OFFICER) -> Person:
    return people.invite(f"{name.lower()}@council.example", name=name, role=role, by=BY)


def test_numbered_headings_begin_clauses_and_a_line_names_their_checks() -> None:
    opening, clauses = rules.read(TEXT)
    assert opening == "Who speaks for the council, and how."
    assert [(c.number, c.title, c.checks) for c in clauses] == [
        ("1", "Who speaks", ()),
        ("1.1", "Before you write", ("SE-1",)),
        ("2", "Personal data", ("PR-1", "PR-2")),
    ]
    assert clauses[1].text == "Read this policy."


@pytest.mark.parametrize("line", ["# Who speaks", "1.1 Before", "#hashtag", "Checks and balances"])
def test_what_only_resembles_a_heading_or_a_list_of_checks_is_text(line: str) -> None:
    assert rules.read(f"{line}\nx") == (f"{line}\nx", [])


@given(some.text())
def test_any_text_can_be_read(text: str) -> None:
    opening, clauses = rules.read(text)
    assert len(opening) + sum(len(clause.text) for clause in clauses) <= len(text)


@pytest.mark.django_db
def test_a_version_is_in_force_until_the_next_one() -> None:
    assert queries.current_version() is None
    actions.publish_version(a_version("3.2"), by=BY)
    actions.publish_version(a_version("3.10"), by=BY)
    current = queries.current_version()
    assert current
    assert (current.number, current.review_on) == ("3.10", date(2027, 11, 1))
    assert [clause.number for clause in queries.clauses(current)] == ["1", "1.1", "2"]
    assert [one.number for one in queries.versions()] == ["3.10", "3.2"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("said", "words"),
    [
        (a_version("three"), "a number such as 3.2"),
        (a_version("3.2"), "Give the new one a higher number"),
        (a_version("3.2.0"), "Give the new one a higher number"),
        (a_version("2.9"), "Give the new one a higher number"),
        (a_version("4", text=" \n"), "says nothing"),
        (a_version("4", text="x\0"), "cannot be kept"),
        (a_version("4", text="# 1 A\n# 1 B"), "two clauses 1"),
        (a_version("4", text="# 1 A\nChecks: XX-1"), "names the check XX-1, and there is none"),
        (a_version("4", review_on=date(2026, 1, 1)), "before the approval"),
        (a_version("4", owner="x" * 201), "too long"),
    ],
)
def test_what_is_wrong_is_refused_in_words_and_not_kept(said: Said, words: str) -> None:
    actions.publish_version(a_version("3.2"), by=BY)
    with pytest.raises(Refusal, match=words):
        actions.publish_version(said, by=BY)
    assert queries.versions().count() == 1


@pytest.mark.django_db
def test_a_clause_may_name_a_check_that_is_only_planned() -> None:
    made = actions.publish_version(a_version(text="# 1 A\nChecks: EM-5"), by=BY)
    assert queries.clauses(made).get().checks == ["EM-5"]
    assert queries.check("em-5").clauses == ("1",)


@pytest.mark.django_db
def test_only_an_administrator_publishes() -> None:
    for one in (someone("Sam"), someone("Rhys", READER), Machine("job", "x", "x")):
        with pytest.raises(NotAllowed):
            actions.publish_version(a_version(), by=one)
    actions.publish_version(a_version(), by=someone("Ada", ADMINISTRATOR))
    assert queries.current_version()


@pytest.mark.django_db
def test_while_there_is_no_policy_everybody_knows_it() -> None:
    rhys = someone("Rhys", READER)
    assert queries.has_acknowledged(rhys)
    assert not queries.unacknowledged()


@pytest.mark.django_db
def test_everybody_acknowledges_each_version_for_themselves() -> None:
    sam, rhys = someone("Sam"), someone("Rhys", READER)
    first = actions.publish_version(a_version("1"), by=BY)
    assert not queries.has_acknowledged(sam)
    actions.acknowledge(first, by=sam)
    assert queries.has_acknowledged(sam)
    assert list(queries.unacknowledged()) == [rhys]
    with pytest.raises(Refusal, match="for themselves"):
        actions.acknowledge(first, person=rhys, by=sam)
    actions.publish_version(a_version("2"), by=BY)
    assert not queries.has_acknowledged(sam)
    with pytest.raises(Refusal, match="Version 1 is not in force"):
        actions.acknowledge(first, by=rhys)


@pytest.mark.django_db
def test_acknowledging_twice_is_once() -> None:
    sam, version = someone("Sam"), actions.publish_version(a_version(), by=BY)
    first, again = (actions.acknowledge(version, by=sam) for _ in range(2))
    assert first == again
    assert ledger.history(first).count() == 1
    assert queries.acknowledgements(version).get().person == sam


@pytest.mark.django_db
def test_the_console_records_it_for_somebody_and_the_record_says_so() -> None:
    sam, version = someone("Sam"), actions.publish_version(a_version(), by=BY)
    with pytest.raises(Refusal, match="Say who"):
        actions.acknowledge(version, by=BY)
    with pytest.raises(NotAllowed):
        actions.acknowledge(version, person=sam, by=Machine("feed", "1", "Feed"))
    assert actions.acknowledge(version, person=sam, by=BY).by["kind"] == "console"
    assert queries.has_acknowledged(sam)


@pytest.mark.django_db
def test_who_has_left_is_not_waited_for() -> None:
    actions.publish_version(a_version(), by=BY)
    sam = someone("Sam")
    assert list(queries.unacknowledged()) == [sam]
    people.remove(sam, by=BY)
    assert not queries.unacknowledged()

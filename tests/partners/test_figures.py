"""The political register: who stands there on which day, read from a file or one by one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from oyez.ledger.actor import Refusal
from oyez.partners import actions, queries
from oyez.partners.rules import figures as rules
from oyez.partners.rules.figures import Said
from tests.factories import BY

pytestmark = pytest.mark.django_db

ANN = Said("Ann Bow", "councillor", "North", ("@annbow",), ("Cllr Bow",))
FILE = """\ufeffname,kind,area,handles,aliases,from,to
Ann Bow,Councillor,North,@annbow;@cllrbow,Cllr Bow,,
Bob Lee,candidate,South,,"Robert Lee
the younger",2027-04-01,2027-05-06
,party,,,,,
Green Hats,club,,,,,
Eve Fox,candidate,,,,6 May,
"""


def test_they_are_what_they_are_from_their_first_to_their_last_day() -> None:
    first, last, day = date(2027, 4, 1), date(2027, 5, 6), timedelta(days=1)
    actions.add_figure(Said("Bob Lee", "candidate", from_on=first, to_on=last), by=BY)
    assert [bool(queries.figures_on(on)) for on in (first - day, first, last, last + day)] == [
        False, True, True, False,
    ]  # fmt: skip


def test_one_person_may_be_councillor_and_candidate_but_not_twice_the_same() -> None:
    actions.add_figure(ANN, by=BY)
    actions.add_figure(Said("Ann Bow", "candidate", "North"), by=BY)
    with pytest.raises(Refusal, match="in the register already"):
        actions.add_figure(Said("ann bow", "councillor", "NORTH"), by=BY)
    assert len(queries.figures()) == 2


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Said("", "party"), "Give the name"),
        (Said("x", "club"), "no kind “club”"),
        (Said("x", "party", handles=("a b",)), "has a space"),
        (Said("x", "party", from_on=date(2027, 2, 2), to_on=date(2027, 2, 1)), "before the first"),
        (Said("x", "party", aliases=("y" * 201,)), "cannot be one of the names"),
    ],
)
def test_what_is_wrong_is_refused_in_words(said: Said, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        actions.add_figure(said, by=BY)


def test_a_retired_one_is_off_and_may_come_again() -> None:
    ann = actions.retire_figure(actions.add_figure(ANN, by=BY), by=BY)
    assert not queries.figures()
    with pytest.raises(Refusal, match="off the register"):
        actions.change_figure(ann, area="South", by=BY)
    assert actions.add_figure(ANN, by=BY) != ann


def test_a_file_says_what_became_of_each_line_and_a_wrong_one_keeps_no_other_back() -> None:
    actions.add_figure(ANN, by=BY)
    report = dict(actions.import_figures(FILE, by=BY))
    assert report == {
        2: "changed",
        4: "added",
        5: "Give the name.",
        6: "There is no kind “club”. Use party, candidate, councillor.",
        7: "A day is wrong. Write it as 2027-05-06.",
    }
    ann, bob = queries.figures()
    assert ann.handles == ["@annbow", "@cllrbow"]
    assert (bob.aliases, bob.to_on) == (["Robert Lee the younger"], date(2027, 5, 6))


def test_a_trial_keeps_nothing() -> None:
    text = "name,kind\nAnn Bow,councillor\n"
    assert actions.import_figures(text, try_only=True, by=BY) == [(2, "added")]
    assert not queries.figures()


def test_the_same_file_again_changes_nothing() -> None:
    text = "name,kind,area\nAnn Bow,councillor,North\n"
    actions.import_figures(text, by=BY)
    assert actions.import_figures(text.upper().lower(), by=BY) == [(2, "the same")]
    assert queries.figures().get().name == "Ann Bow"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The heading lacks name and kind."),
        ("name;kind\nx;party", "The heading lacks name and kind."),
        ('name,kind\n"x,party', "This is no CSV"),
    ],
)
def test_what_is_no_such_file_is_said(text: str, words: str) -> None:
    (line,) = rules.read(text)
    assert words in line.problem


def test_a_topic_is_controversial_until_the_end_of_its_last_day() -> None:
    last = queries.today() + timedelta(days=9)
    actions.add_topic(" Leisure   centre ", until=last, by=BY)
    actions.add_topic("Bins", by=BY)
    assert [one.words for one in queries.topics_on(last)] == ["Bins", "Leisure centre"]
    assert [one.words for one in queries.topics_on(last + timedelta(days=1))] == ["Bins"]


def test_a_topic_is_listed_once_and_taken_off_once() -> None:
    topic = actions.add_topic("Bins", by=BY)
    with pytest.raises(Refusal, match="listed already"):
        actions.add_topic("bins", by=BY)
    actions.retire_topic(topic, by=BY)
    with pytest.raises(Refusal, match="off the list already"):
        actions.retire_topic(topic, by=BY)
    assert not queries.topics()


@pytest.mark.parametrize(("words", "said"), [(" ", "Give the words"), ("x" * 201, "too long")])
def test_a_topic_without_words_is_refused(words: str, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        actions.add_topic(words, by=BY)
    with pytest.raises(Refusal, match="has passed"):
        actions.add_topic("Bins", until=date(2020, 1, 1), by=BY)

"""A body changes the level of a check by a decision on record, never in code."""

from __future__ import annotations

import pytest

from oyez.ledger import queries as ledger
from oyez.ledger.actor import NotAllowed, Refusal
from oyez.people import actions as people
from oyez.people.rules import OFFICER
from oyez.policy import actions, queries, registry, rules
from oyez.policy.contract import Level
from tests.factories import BY

pytestmark = pytest.mark.django_db


def test_nothing_is_changed_at_first() -> None:
    assert queries.levels() == {}
    assert {one.level for one in queries.checks() if one.state == "built"} >= {Level.BLOCK}


def test_the_newest_decision_counts_and_all_are_kept() -> None:
    actions.change_level("AC-9", "block", why="Complaints.", by=BY)
    actions.change_level("ac-9", "off", why="Too many false alarms.", by=BY)
    actions.change_level("PR-1", "hold", why="The officer decides.", by=BY)
    assert queries.levels() == {"AC-9": None, "PR-1": Level.HOLD}
    kept = [(c.level, c.before, c.why) for c in queries.level_changes("AC-9")]
    assert kept == [("off", "block", "Too many false alarms."), ("block", "own", "Complaints.")]
    assert queries.check("AC-9").state == "off"


def test_a_check_goes_back_to_its_own_level() -> None:
    actions.change_level("AC-9", "off", why="A trial.", by=BY)
    actions.change_level("AC-9", "own", why="The trial is over.", by=BY)
    standing = queries.check("AC-9")
    assert queries.levels() == {}
    assert (standing.state, standing.level, standing.change) == ("built", Level.WARN, None)


@pytest.mark.parametrize(
    ("check", "level", "why", "words"),
    [
        ("XX-1", "off", "x", "no such check"),
        ("EM-1", "off", "x", "only planned"),
        ("AC-9", "loud", "x", "no level “loud”"),
        ("AC-9", "fix", "x", "AC-9 repairs nothing"),
        ("AC-9", "off", " ", "Say why"),
        ("AC-9", "off", "x" * 301, "too long"),
        ("AC-9", "own", "x", "at this level already"),
    ],
)
def test_what_makes_no_sense_is_refused(check: str, level: str, why: str, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        actions.change_level(check, level, why=why, by=BY)
    assert not queries.level_changes()


def test_that_an_exercise_stays_in_practice_is_nobody_s_to_change() -> None:
    class Exercise:
        id = "EM-5"
        level = Level.BLOCK

    assert "never changed" in rules.wrong_level(Exercise(), "off")  # type: ignore[arg-type]


def test_only_an_administrator_changes_a_level() -> None:
    sam = people.invite("sam@council.example", name="Sam", role=OFFICER, by=BY)
    with pytest.raises(NotAllowed):
        actions.change_level("AC-9", "off", why="In my way.", by=sam)
    assert queries.levels() == {}


def test_the_record_says_from_where_to_where() -> None:
    change = actions.change_level("AC-9", "block", why="x", by=BY)
    data = {"check": "AC-9", "before": "own", "level": "block"}
    assert ledger.history(change).get().data == data


def test_planned_checks_are_shown_as_planned_and_all_are_there() -> None:
    found = queries.checks()
    assert len(found) == 56
    assert {one.id for one in found} == registry.ids()
    planned = [one for one in found if one.state == "planned"]
    assert len(planned) == len(registry.PLANNED)
    assert all(one.level is None and one.check is None for one in planned)

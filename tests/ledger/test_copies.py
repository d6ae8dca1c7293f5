"""A copy of the record can be verified by somebody else, without the house."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest

from oyez.kit import clock
from oyez.ledger import walk
from oyez.ledger.actions import export, forget
from oyez.ledger.checked import Copy
from oyez.ledger.models import Event, Link
from oyez.ledger.queries import mark
from oyez.ledger.queries.exporting import AT_ONCE
from oyez.ledger.rules import Mark
from oyez.people.rules import console
from tests.factories import BY
from tests.ledger.happening import things_happen

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("anchors")]


def a_copy(count: int = 5) -> list[str]:
    things_happen(count)
    _, lines = export("jsonl", by=BY)
    return list(lines)


def what_is_wrong(lines: list[str], *noted: Mark) -> str:
    broken = Copy(noted).read(lines)
    return broken.what if broken else ""


def changed(lines: list[str], part: str, **others: str) -> list[str]:
    """With other words in the event of the third line, or in a part of it."""
    said = json.loads(lines[2])
    (said["event"][part] if part else said["event"]).update(others)
    return [*lines[:2], json.dumps(said), *lines[3:]]


def test_a_copy_is_whole_and_ends_at_the_house_s_own_head() -> None:
    copy = Copy()
    assert copy.read(a_copy()) is None
    assert copy.head == bytes(Link.objects.get(position=5).head)
    assert what_is_wrong(a_copy(), mark()) == ""


def test_a_copy_longer_than_what_is_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oyez.ledger.queries.exporting.AT_ONCE", 3)
    assert AT_ONCE > 100
    copy = Copy()
    assert copy.read(a_copy(10)) is None
    assert copy.links == 10


def test_that_a_copy_was_taken_is_recorded() -> None:
    a_copy()
    taken = Event.objects.get(kind="ledger.exported")
    assert (taken.by_name, taken.data) == (
        "console:tester",
        {"format": "jsonl", "first": 1, "last": 5},
    )


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (lambda it: it[:3] + it[4:], walk.MISSING),
        (lambda it: it[:-1], walk.CUT),
        (lambda it: [*it[:-2], it[-1]], walk.MISSING),
        (lambda it: [it[0], it[2], it[1], *it[3:]], walk.MISSING),
        (lambda it: changed(it, "", kind="people.invited"), walk.ALTERED),
        (lambda it: changed(it, "by", name="Eve"), walk.ALTERED),
        (lambda it: changed(it, "by", name="Eve", salt=""), walk.ALTERED),
        (lambda it: [*it[:3], it[3][:40], *it[4:]], walk.ALTERED),
        (lambda it: [*it[:3], "[]", *it[4:]], walk.ALTERED),
        (lambda it: it[1:], walk.FORGED),
        (lambda it: [], walk.CUT),
    ],
)
def test_a_spoiled_copy_is_found_out(spoil: Callable[[list[str]], list[str]], what: str) -> None:
    assert what_is_wrong(spoil(a_copy())) == what


def test_a_copy_of_another_record_does_not_pass_through_what_was_noted() -> None:
    noted = Mark(3, "0123456789abcdef")
    assert what_is_wrong(a_copy(), noted) == walk.FORGED
    assert what_is_wrong(a_copy(), Mark(99, "0123456789abcdef")) == walk.CUT


def test_a_part_of_the_record_is_one_piece_of_the_chain() -> None:
    start = clock.now()
    for day in range(6):
        clock.set_reader(lambda day=day: start + timedelta(days=day))  # type: ignore[misc]
        things_happen(2)
    part, lines = export("jsonl", start + timedelta(days=2), start + timedelta(days=4), by=BY)
    clock.set_reader(None)
    assert (part.first, part.last) == (5, 8)
    assert what_is_wrong(list(lines)) == ""


def test_nothing_in_a_part_is_an_empty_copy() -> None:
    things_happen(1)
    _, lines = export("jsonl", clock.now() + timedelta(days=2), by=BY)
    assert what_is_wrong(list(lines)) == ""


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\n=1"])
def test_no_cell_is_a_formula(name: str) -> None:
    things_happen(1, by=console(name))
    Event.objects.update(by_name="")
    things_happen(1, by=console("x"))
    _, lines = export("csv", by=console(name))
    for line in csv.reader(StringIO("".join(lines))):
        assert not any(cell.startswith(tuple("=+-@\t\n")) for cell in line)


def test_a_forgotten_person_s_copy_is_whole_and_without_the_name() -> None:
    things_happen(2, by=console("rose"))
    forget("console", "console:rose", "Rose asked us to", by=BY)
    lines = a_copy()
    assert what_is_wrong(lines) == ""
    assert not any('"name": "console:rose"' in line for line in lines)

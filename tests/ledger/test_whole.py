"""Whatever is done to the record behind the house’s back is found, at its place."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db import connection

from oyez.kit.keys import GivenKeys
from oyez.kit.seal import new_key
from oyez.ledger import walk
from oyez.ledger.actions import chain_all
from oyez.ledger.models import Link
from oyez.ledger.queries import mark, verify
from oyez.ledger.rules import Mark
from oyez.people.rules import console
from tests.ledger import spoiling
from tests.ledger.happening import things_happen

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("anchors")]


def a_record(count: int = 12) -> None:
    things_happen(count)
    things_happen(1, by=console("colleague"))
    chain_all()


def spoil(way: str, seed: int = 0) -> None:
    with connection.cursor() as cursor, spoiling.without_triggers(cursor.execute):
        spoiling.WAYS[way](cursor.execute, Random(seed), Link.objects.count())


def nothing_is_noted(data: Path) -> None:
    for file in data.glob("record.*"):
        file.unlink()


def what_is_wrong() -> str:
    found = verify().broken
    return found.what if found else ""


def test_a_record_is_whole() -> None:
    a_record()
    verdict = verify()
    assert (verdict.links, verdict.waiting, verdict.broken) == (13, 0, None)
    assert verdict.head.hex() == mark().head


def test_what_has_no_link_yet_is_counted_and_no_fault() -> None:
    a_record()
    things_happen(2)
    assert (verify().waiting, what_is_wrong()) == (2, "")


@pytest.mark.parametrize("way", spoiling.WAYS)
def test_every_change_is_found(way: str, tmp_path: Path) -> None:
    for seed in range(3):
        a_record(5)
        assert what_is_wrong() == ""
        spoil(way, seed)
        assert what_is_wrong() != "", seed
        with connection.cursor() as cursor:  # and the next record begins anew
            spoiling.empty(cursor.execute, Random(), 0)
        nothing_is_noted(tmp_path)


@pytest.mark.parametrize(
    ("way", "what"),
    [
        ("alter", walk.ALTERED),
        ("delete", walk.MISSING),
        ("swap", walk.REORDERED),
        ("reorder", walk.REORDERED),
        ("insert", walk.ALTERED),
        ("forge", walk.FORGED),
        ("insert_beside", walk.INSERTED),
        ("empty", walk.CUT),
        ("rename", walk.ALTERED),
        ("retime", walk.ALTERED),
    ],
)
def test_it_says_what_was_done(way: str, what: str) -> None:
    a_record()
    spoil(way)
    assert what_is_wrong() == what


def test_it_says_where() -> None:
    a_record()
    with connection.cursor() as cursor, spoiling.without_triggers(cursor.execute):
        place = Link.objects.get(position=7).event
        cursor.execute("update ledger_event set on_id = '99' where id = %s", [place])
    found = verify().broken
    assert found
    assert (found.position, found.event) == (7, place)
    assert found.says == f"Event {place} has been changed since it was recorded."


def test_a_chain_made_with_another_key_is_forged(settings: Any) -> None:
    ours, theirs = GivenKeys(new_key("k1")), GivenKeys(new_key("k1"))
    settings.OYEZ_SEAL_KEYS = theirs
    a_record()
    settings.OYEZ_SEAL_KEYS = ours
    assert what_is_wrong() == walk.FORGED


def test_a_chain_begun_anew_by_the_house_itself_is_not_the_one_noted() -> None:
    a_record()
    spoil("empty")
    a_record(20)
    assert what_is_wrong() == walk.FORGED


def test_who_noted_a_head_needs_no_file(tmp_path: Path) -> None:
    a_record()
    noted = Mark(mark().position, mark().head[:16])
    with connection.cursor() as cursor, spoiling.without_triggers(cursor.execute):
        behind = "ledger_link where position > 9"
        cursor.execute(f"delete from ledger_event where id in (select event from {behind})")
        cursor.execute(f"delete from {behind}")
    nothing_is_noted(tmp_path)
    assert verify().broken is None
    found = verify(noted=[noted]).broken
    assert found
    assert found.what == walk.CUT


def test_an_event_that_goes_before_it_has_its_link_is_missed() -> None:
    a_record()
    things_happen(1)
    with connection.cursor() as cursor, spoiling.without_triggers(cursor.execute):
        cursor.execute("delete from ledger_event where id = (select max(id) from ledger_event)")
    chain_all()
    assert what_is_wrong() == walk.MISSING


def test_a_time_that_is_none_is_a_break_and_no_fault_of_ours() -> None:
    a_record()
    with connection.cursor() as cursor, spoiling.without_triggers(cursor.execute):
        cursor.execute("update ledger_event set at = 'infinity' where on_id = '7'")
    assert what_is_wrong() == walk.FORGED


@pytest.mark.parametrize("place", [0, -5])
def test_a_link_before_the_first_is_none(place: int) -> None:
    a_record()
    with connection.cursor() as cursor, spoiling.without_triggers(cursor.execute):
        cursor.execute("update ledger_link set position = %s where position = 3", [place])
    assert what_is_wrong() == walk.FORGED

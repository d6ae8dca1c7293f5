"""A backup that is older than the record is told as that, and not as an attack."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from oyez.deliveries.moment import address
from oyez.ledger import walk
from oyez.ledger.actions import chain_all
from oyez.ledger.models import Event
from oyez.ledger.queries import verify
from oyez.project.database_record import record_restore
from tests.ledger import spoiling
from tests.ledger.happening import things_happen

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("anchors")]


def an_older_backup_comes_back(events: int) -> None:
    things_happen(5)
    chain_all()
    with connection.cursor() as cursor, spoiling.without_triggers(cursor.execute):
        later = f"ledger_link where position > {events}"
        cursor.execute(f"delete from ledger_event where id in (select event from {later})")
        cursor.execute(f"delete from {later}")


def test_what_a_restored_record_lacks_is_counted(tmp_path: Path) -> None:
    an_older_backup_comes_back(3)
    assert record_restore(address(), tmp_path, Path("monday.dump")) == 2
    chain_all()
    verdict = verify()
    assert (verdict.broken, list(verdict.lost.values())) == (None, [2])
    told = Event.objects.get(kind="ledger.restored")
    assert (told.by_name, told.data) == ("oyez db restore", {"file": "monday.dump", "lost": 2})


def test_the_record_goes_on_and_its_new_end_counts(tmp_path: Path) -> None:
    an_older_backup_comes_back(3)
    record_restore(address(), tmp_path, Path("monday.dump"))
    things_happen(9)
    chain_all()
    assert verify().broken is None
    with connection.cursor() as cursor, spoiling.without_triggers(cursor.execute):
        cursor.execute("truncate ledger_event, ledger_link, ledger_name, ledger_unlinked")
    found = verify().broken
    assert found
    assert found.what == walk.CUT


def test_a_backup_put_back_in_another_way_is_told_with_both_reasons() -> None:
    an_older_backup_comes_back(3)
    found = verify().broken
    assert found
    assert found.says == (
        "The last 2 events are missing: the end was cut off, or an older backup was put back in"
        " another way than with: oyez db restore"
    )


def an_older_backup_comes_back_within_ten_minutes() -> None:
    """Of its last links only the head was noted, as there was a mark just before."""
    things_happen(3)
    chain_all()
    things_happen(2)
    chain_all()
    with connection.cursor() as cursor, spoiling.without_triggers(cursor.execute):
        lost = "ledger_link where position > 3"
        cursor.execute(f"delete from ledger_event where id in (select event from {lost})")
        cursor.execute(f"delete from {lost}")


@pytest.mark.parametrize("more", [1, 2, 9])
def test_an_older_database_under_a_newer_folder_is_noticed_although_the_house_went_on(
    more: int,
) -> None:
    """Its new links, fewer or more than those that are lost, do not write over what was noted."""
    an_older_backup_comes_back_within_ten_minutes()
    things_happen(more)
    chain_all()
    found = verify().broken
    assert found
    assert "an older backup was put back in another way than with: oyez db restore" in found.says


def test_the_same_put_back_by_the_command_is_told_as_what_it_is(tmp_path: Path) -> None:
    an_older_backup_comes_back_within_ten_minutes()
    record_restore(address(), tmp_path, Path("monday.dump"))
    things_happen(2)
    chain_all()
    verdict = verify()
    assert (verdict.broken, list(verdict.lost.values())) == (None, [2])


def test_a_newer_database_under_an_older_folder_has_lost_nothing(tmp_path: Path) -> None:
    things_happen(3)
    chain_all()
    older = {file: file.read_bytes() for file in tmp_path.iterdir()}
    things_happen(4)
    chain_all()
    for file, said in older.items():
        file.write_bytes(said)
    assert verify().broken is None
    things_happen(1)
    chain_all()
    assert verify().broken is None
    spoil_the_end()
    found = verify().broken
    assert found
    assert found.what == walk.CUT


def spoil_the_end() -> None:
    with connection.cursor() as cursor, spoiling.without_triggers(cursor.execute):
        cursor.execute("delete from ledger_link where position > 6")


def test_a_folder_from_before_a_restore_under_the_database_after_it_is_noticed(
    tmp_path: Path,
) -> None:
    things_happen(5)
    chain_all()
    older = {file: file.read_bytes() for file in tmp_path.iterdir()}
    spoil = "ledger_link where position > 3"
    with connection.cursor() as cursor, spoiling.without_triggers(cursor.execute):
        cursor.execute(f"delete from ledger_event where id in (select event from {spoil})")
        cursor.execute(f"delete from {spoil}")
    record_restore(address(), tmp_path, Path("monday.dump"))
    things_happen(9)
    chain_all()
    assert verify().broken is None
    for file, said in older.items():
        file.write_bytes(said)
    found = verify().broken
    assert found
    assert found.position == 5

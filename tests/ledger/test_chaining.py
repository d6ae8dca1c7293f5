"""Every event gets its link: once, in order, whoever does it and whenever it commits."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from oyez.kit.keys import GivenKeys
from oyez.kit.seal import new_key
from oyez.ledger import keys, rules
from oyez.ledger.actions import chain, chain_all
from oyez.ledger.anchors import Anchors
from oyez.ledger.models import Event, Link, Name, Unlinked
from oyez.ledger.queries import verify
from tests.ledger.happening import things_happen

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("anchors")]


def test_each_event_gets_one_link_and_waits_no_more() -> None:
    things_happen()
    assert (chain(), chain()) == (3, 0)
    links = Link.objects.order_by("position")
    assert [link.event for link in links] == [event.pk for event in Event.objects.order_by("pk")]
    assert [link.position for link in links] == [1, 2, 3]
    assert not Unlinked.objects.exists()


def test_a_link_stands_for_all_before_it() -> None:
    things_happen(2)
    chain_all()
    first, second = Link.objects.order_by("position")
    before = bytes(first.head)
    at = rules.microseconds(second.linked_at)
    assert rules.head(before, 2, bytes(second.digest), at) == bytes(second.head)
    assert rules.head(bytes(32), 2, bytes(second.digest), at) != bytes(second.head)


def test_who_commits_late_gets_a_later_place() -> None:
    with transaction.atomic():
        things_happen(1, first=99)
        with ThreadPoolExecutor(1) as elsewhere:
            elsewhere.submit(_apart, things_happen).result()
            elsewhere.submit(_apart, chain_all).result()
    chain_all()
    last = Link.objects.get(position=4)
    assert Event.objects.get(pk=last.event).on_id == "99"
    assert last.event < Link.objects.get(position=1).event


def test_many_at_once_make_one_chain() -> None:
    things_happen(30)
    with ThreadPoolExecutor(4) as workers:
        for done in [workers.submit(_apart, lambda: chain(7)) for _ in range(20)]:
            done.result()
    chain_all()
    assert list(Link.objects.order_by("position").values_list("position", flat=True)) == [
        *range(1, 31)
    ]


def _apart(do: Callable[[], object]) -> None:
    """In another thread, whose connection ends with it."""
    try:
        do()
    finally:
        connection.close()


def test_a_name_is_kept_once_and_the_chain_holds_a_commitment() -> None:
    things_happen()
    chain_all()
    name = Name.objects.get()
    assert name.name == "console:tester"
    said = rules.signature(bytes(name.salt), "console", "console:tester", "console:tester")
    assert bytes(name.signature) == said


@pytest.mark.parametrize("table", [Link, Name])
def test_a_chain_stays(table: type[Link] | type[Name]) -> None:
    things_happen()
    chain_all()
    rows, key = table.objects.all(), table._meta.pk.name
    for change in (rows.delete, lambda: rows.update(**{key: 0})):
        with (
            pytest.raises(DatabaseError, match=r"cannot be changed|only be erased"),
            transaction.atomic(),
        ):
            change()


def test_an_event_may_lose_its_name_and_nothing_else() -> None:
    things_happen(1)
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        Event.objects.update(by_name="", kind="posts.started")
    assert Event.objects.update(by_name="") == 1


def test_an_old_key_that_the_house_has_dropped_is_still_known(settings: Any) -> None:
    old, new = new_key("old"), new_key("new")
    settings.OYEZ_SEAL_KEYS = GivenKeys(old)
    things_happen(1)
    chain_all()
    made = keys.known()["old"]
    settings.OYEZ_SEAL_KEYS = GivenKeys(f"{new},{old}")
    things_happen(1)
    chain_all()
    settings.OYEZ_SEAL_KEYS = GivenKeys(new)
    assert keys.known()["old"] == made
    assert {link.key for link in Link.objects.all()} == {"old", "new"}


def test_a_lost_key_stops_nothing_new(settings: Any) -> None:
    for key in (new_key("lost"), new_key("found")):
        settings.OYEZ_SEAL_KEYS = GivenKeys(key)
        things_happen(1)
        chain_all()
    assert set(keys.known()) == {"found"}


def test_the_newest_mark_lies_outside_the_database(anchors: Anchors) -> None:
    things_happen()
    chain_all()
    *_, newest = anchors.noted()
    assert newest == rules.Mark(3, bytes(Link.objects.get(position=3).head).hex())


def test_what_an_older_worker_writes_is_linked_too() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into ledger_event (kind, on_kind, on_id, by_kind, by_id, by_name, at, data)"
            " values ('posts.started', 'posts.post', '1', 'person', '1', 'Ada', now(), '{}')"
        )
    chain_all()
    assert Link.objects.get().name.name == "Ada"


def test_what_happened_before_there_was_a_chain_is_linked_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    backfill = import_module("oyez.ledger.migrations.0005_chain_backfill")
    monkeypatch.setattr(backfill, "STEP", 2)
    things_happen(5)
    chain(2)
    Unlinked.objects.all().delete()
    for _ in range(2):
        with connection.schema_editor() as editor:
            backfill.await_links(None, editor)
    chain_all()
    assert Link.objects.count() == 5
    assert verify().broken is None

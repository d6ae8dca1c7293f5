"""Whoever can write the database, and every trigger with it, changes the record. Each way is one
function that takes a number generator and says what it did.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from random import Random
from typing import Any

from oyez.ledger import rules
from oyez.ledger.rules import Happening

TABLES = ("ledger_event", "ledger_link", "ledger_name")
Execute = Callable[..., Any]  # of psycopg: what it answers can be asked for its rows


@contextmanager
def without_triggers(execute: Execute) -> Iterator[None]:
    for table in TABLES:
        execute(f"alter table {table} disable trigger all")
    yield
    for table in TABLES:
        execute(f"alter table {table} enable trigger all")


def delete(execute: Execute, dice: Random, links: int) -> None:
    """An event, with its link or without."""
    place = dice.randint(1, links)
    execute(
        "delete from ledger_event where id = (select event from ledger_link where position = %s)",
        [place],
    )
    if dice.random() < 0.5:
        execute("delete from ledger_link where position = %s", [place])


def close_the_gap(execute: Execute, dice: Random, links: int) -> None:
    """A link is gone, and those behind it move up."""
    place = dice.randint(1, links - 1)
    execute("delete from ledger_link where position = %s", [place])
    execute("update ledger_link set position = -position where position > %s", [place])
    execute("update ledger_link set position = -position - 1 where position < 0")


COLUMNS = {
    "kind": "kind || 'x'",
    "on_kind": "on_kind || 'x'",
    "on_id": "on_id || '7'",
    "by_kind": "by_kind || 'x'",
    "by_id": "by_id || '7'",
    "by_name": "'Somebody Else'",
    "at": "at + interval '1 microsecond'",
    "data": """'{"why": "Another reason"}'""",
}


def alter(execute: Execute, dice: Random, links: int) -> None:
    """One column of one event."""
    column = dice.choice(sorted(COLUMNS))
    execute(
        f"update ledger_event set {column} = {COLUMNS[column]}"
        " where id = (select event from ledger_link where position = %s)",
        [dice.randint(1, links)],
    )


def retime(execute: Execute, dice: Random, links: int) -> None:
    """When it happened and when it was recorded, both by the same time: it still looks at once."""
    by, place = (
        f"interval '{dice.choice((-1, 1)) * dice.randint(1, 86_400)} seconds'",
        dice.randint(1, links),
    )
    execute(f"update ledger_link set linked_at = linked_at + {by} where position = %s", [place])
    execute(
        f"update ledger_event set at = at + {by}"
        " where id = (select event from ledger_link where position = %s)",
        [place],
    )


def swap(execute: Execute, dice: Random, links: int) -> None:
    """Two links change places."""
    one, other = dice.sample(range(1, links + 1), 2)
    for old, new in ((one, 0), (other, one), (0, other)):
        execute("update ledger_link set position = %s where position = %s", [new, old])


def reorder(execute: Execute, dice: Random, links: int) -> None:
    """Two links keep their places and change what they are about."""
    one, other = dice.sample(range(1, links + 1), 2)
    columns = "(event, name_id, digest)"
    execute(
        f"create temp table kept as select * from ledger_link where position in ({one}, {other})"
    )
    execute(f"update ledger_link set event = -event where position in ({one}, {other})")
    for to, of in ((one, other), (other, one)):
        execute(
            f"update ledger_link set {columns} = (select event, name_id, digest from kept"
            " where position = %s) where position = %s",
            [of, to],
        )
    execute("drop table kept")


def insert(execute: Execute, dice: Random, links: int) -> None:
    """An event that never was, as far as it can be linked without the key."""
    place = dice.randint(1, links)
    execute("update ledger_link set position = -position where position >= %s", [place])
    execute("update ledger_link set position = 1 - position where position < 0")
    execute(
        "insert into ledger_event (kind, on_kind, on_id, by_kind, by_id, by_name, at, data)"
        " select kind, on_kind, on_id, by_kind, by_id, by_name, at, data from ledger_event"
        " where id = (select event from ledger_link where position = %s)",
        [place + 1],
    )
    execute(
        "insert into ledger_link (position, event, name_id, linked_at, digest, head, seal, key)"
        " select %s, (select max(id) from ledger_event), name_id, linked_at, digest, head, seal,"
        " key from ledger_link where position = %s",
        [place, place + 1],
    )


def insert_beside(execute: Execute, dice: Random, links: int) -> None:
    """An event that never was, and no link at all."""
    execute(
        "insert into ledger_event (kind, on_kind, on_id, by_kind, by_id, by_name, at, data)"
        " select kind, on_kind, on_id, by_kind, by_id, by_name, at, data from ledger_event"
        " where id = (select event from ledger_link where position = %s)",
        [dice.randint(1, links)],
    )


def truncate(execute: Execute, dice: Random, links: int) -> None:
    """The end, with the events or without."""
    place = dice.randint(1, links)
    if dice.random() < 0.5:
        execute(
            "delete from ledger_event where id in"
            " (select event from ledger_link where position >= %s)",
            [place],
        )
    execute("delete from ledger_link where position >= %s", [place])


def empty(execute: Execute, dice: Random, links: int) -> None:
    execute("truncate ledger_event, ledger_link, ledger_name, ledger_unlinked")


def rename(execute: Execute, dice: Random, links: int) -> None:
    """Somebody else did it, in the table of names and in the events."""
    name = "Somebody Else" if dice.random() < 0.5 else ""
    one = "(select name_id from ledger_link where position = %s)"
    place = dice.randint(1, links)
    execute(
        "update ledger_event set by_name = %s where id in"
        f" (select event from ledger_link where name_id = {one})",
        [name, place],
    )
    execute(f"update ledger_name set name = %s, erased = (%s = '') where id = {one}", [
        name, name, place,
    ])  # fmt: skip


def forge(execute: Execute, dice: Random, links: int) -> None:
    """An event is altered, and everything behind it made anew as far as it goes without the key."""
    place = dice.randint(max(1, links - 50), links)
    execute(
        "update ledger_event set data = %s where id ="
        " (select event from ledger_link where position = %s)",
        ['{"why": "Another reason"}', place],
    )
    before = execute("select head from ledger_link where position = %s", [place - 1]).fetchone()
    head = bytes(before[0]) if before else rules.BEFORE_ALL
    for position, at, signature, *event in execute(_EVENTS, [place]).fetchall():
        *what, moment, data = event
        read = json.loads(data) if isinstance(data, str) else data
        was = Happening(*what, rules.microseconds(moment), read)
        digest = rules.digest(was, bytes(signature))
        head = rules.head(head, position, digest, rules.microseconds(at))
        made = [digest, head, rules.seal(b"not the key", head), position]
        execute("update ledger_link set digest=%s, head=%s, seal=%s where position=%s", made)


_EVENTS = """
select l.position, l.linked_at, n.signature,
    e.id, e.kind, e.on_kind, e.on_id, e.by_kind, e.by_id, e.at, e.data
from ledger_link l join ledger_event e on e.id = l.event join ledger_name n on n.id = l.name_id
where l.position >= %s order by l.position
"""

WAYS: Mapping[str, Callable[[Execute, Random, int], None]] = {
    way.__name__: way
    for way in (
        *(delete, close_the_gap, alter, retime, swap, reorder),
        *(insert, insert_beside, truncate, empty, rename, forge),
    )
}

"""How do we lay out a hundred thousand messages in seconds? Copied from one, in the database."""

from __future__ import annotations

from typing import Any

import psycopg

Line = psycopg.Connection[tuple[Any, ...]]

# The chain of one delivery, from its root; each names the one before it.
_CHAIN: tuple[tuple[str, dict[str, str]], ...] = (
    ("posts_post", {}),
    ("posts_variant", {"post_id": "posts_post"}),
    ("posts_wording", {"variant_id": "posts_variant"}),
    ("decisions_decision", {"wording_id": "posts_wording"}),
    ("deliveries_delivery", {"wording_id": "posts_wording"}),
)


def copies(
    line: Line, delivery: int, count: int, due: str, lane: int = 5, *, meant: bool = False
) -> None:
    """`count` deliveries like this one, all the way to their posts, waiting until `due`.

    `due` is SQL for a moment, in which `n` counts from 1. The words stay those that were approved;
    the fingerprint tells them apart. With `meant` they are meant for that moment too, to be looked
    at only: words with another time are not those that were approved, and would not be sent.
    """
    first = _chain_of(line, delivery)
    base = {table: _next_id(line, table) for table, _ in _CHAIN}
    ours: dict[str, str] = {
        "deliveries_delivery.due_at": due,
        "deliveries_delivery.not_after": f"{due} + interval '12 hours'",
        "deliveries_delivery.key": "md5(random()::text || n)",
        "deliveries_delivery.fingerprint": "md5('words ' || n || random()::text)",
        "deliveries_delivery.state": "'waiting'",
        "deliveries_delivery.lane": str(lane),
    }
    if meant:
        ours["posts_wording.wall_time"] = due
    for table, parents in _CHAIN:
        changed = {"id": f"{base[table]} + n"}
        changed |= {column: f"{base[parent]} + n" for column, parent in parents.items()}
        prefix = f"{table}."
        changed |= {k.removeprefix(prefix): v for k, v in ours.items() if k.startswith(prefix)}
        _copy(line, table, first[table], changed, count)


def _chain_of(line: Line, delivery: int) -> dict[str, int]:
    row = line.execute(
        "select v.post_id, v.id, w.id, e.id, d.id from deliveries_delivery d"
        " join posts_wording w on w.id = d.wording_id join posts_variant v on v.id = w.variant_id"
        " join decisions_decision e on e.wording_id = w.id where d.id = %s",
        [delivery],
    ).fetchone()
    assert row
    return {table: pk for (table, _), pk in zip(_CHAIN, row, strict=True)}


def _next_id(line: Line, table: str) -> int:
    row = line.execute(f"select coalesce(max(id), 0) from {table}".encode()).fetchone()
    assert row
    return int(row[0])


def _copy(line: Line, table: str, pk: int, changed: dict[str, str], count: int) -> None:
    rows = line.execute(
        "select column_name from information_schema.columns where table_name = %s"
        " and table_schema = 'public' order by ordinal_position",
        [table],
    )
    names = [str(row[0]) for row in rows]
    wanted = ", ".join(changed.get(name, f"t.{name}") for name in names)
    line.execute(
        f"insert into {table} ({', '.join(names)})"
        f" select {wanted} from {table} t, generate_series(1, {count}) n where t.id = {pk}".encode()
    )
    top = f"select setval(pg_get_serial_sequence('{table}', 'id'), max(id)) from {table}"
    line.execute(top.encode())

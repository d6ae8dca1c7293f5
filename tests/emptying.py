"""How does a test leave the database empty?

Django's flush empties every table, and makes the rows of content types and permissions anew: a
fifth of a second after each of two thousand tests. Most tests fill ten of eighty tables.
"""

from __future__ import annotations

from functools import cache

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.test import TransactionTestCase

KEPT = {"django_migrations", "django_content_type", "auth_permission"}  # the same for every test
FOR_EVER = {  # triggers refuse to delete
    *("ledger_event", "ledger_link", "ledger_name"),
    *("decisions_decision", "decisions_vote"),
}


def empty_only_what_is_full() -> None:
    TransactionTestCase._fixture_teardown = lambda _test: empty()  # type: ignore[attr-defined]


def empty() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        full = _full(cursor)
        if for_ever := sorted(full & FOR_EVER):
            cursor.execute(f"truncate {', '.join(for_ever)}")
        if rest := sorted(full - FOR_EVER):
            cursor.execute("; ".join(f"delete from {table}" for table in rest))


def _full(cursor: CursorWrapper) -> set[str]:
    """The tables that have rows; from one question."""
    cursor.execute(_question())
    return {name for (name,) in cursor.fetchall()}


@cache
def _question() -> str:
    tables = sorted(set(connection.introspection.table_names()) - KEPT)
    return " union all ".join(f"select '{one}' where exists (select from {one})" for one in tables)

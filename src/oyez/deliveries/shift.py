"""Is the worker that began this still alive? A session advisory lock answers, never a clock.

Each worker process holds one lock on a connection of its own. The lock goes when the process dies,
and also when the database restarts; a call may then still be running, so that those who ask also
wait until the longest call has timed out.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import psycopg
from django.db import connection

from oyez.deliveries.moment import address

LOCK_CLASS = 0x4F59  # "OY"


@dataclass(slots=True)
class _Held:
    number: int
    lock: psycopg.Connection[tuple[object, ...]]


_held: _Held | None = None
_in_hand: set[int] = set()
_guard = threading.Lock()


def number() -> int:
    """This process's lock number, held at this moment; taken anew after the database went away."""
    global _held
    with _guard:
        if _held is None or not _is_held(_held):
            if _held:
                _held.lock.close()
            _held = _take()
        return _held.number


def end() -> None:
    """Let go of the lock; whatever was left half done is then looked after."""
    global _held
    with _guard:
        if _held:
            _held.lock.close()
        _held = None


def _take() -> _Held:
    lock = psycopg.connect(address(), autocommit=True)
    while True:
        number = secrets.randbelow(2**31 - 1) + 1
        row = lock.execute("select pg_try_advisory_lock(%s, %s)", (LOCK_CLASS, number)).fetchone()
        if row and row[0]:
            return _Held(number, lock)


def _is_held(held: _Held) -> bool:
    with suppress(psycopg.OperationalError):
        held.lock.execute("select 1")
        return True
    return False


@contextmanager
def holding(delivery_id: int) -> Iterator[bool]:
    """While this process sends a delivery; False when it is doing so already."""
    with _guard:
        first = delivery_id not in _in_hand
        _in_hand.add(delivery_id)
    try:
        yield first
    finally:
        if first:
            with _guard:
                _in_hand.remove(delivery_id)


def in_hand() -> set[int]:
    """What this process is sending at this moment."""
    with _guard:
        return set(_in_hand)


def others_alive() -> set[int]:
    """The numbers of all workers that live, but for our own."""
    with _guard:
        ours = {_held.number} if _held else set()
    return locks_alive() - ours


def locks_alive() -> set[int]:
    """The numbers of all workers that live, on any machine that uses this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select objid::bigint from pg_locks where locktype = 'advisory' and classid = %s"
            " and objsubid = 2 and granted"
            " and database = (select oid from pg_database where datname = current_database())",
            [LOCK_CLASS],
        )
        return {int(row[0]) for row in cursor.fetchall()}


def is_alone() -> bool:
    """Is this the only worker that lives?"""
    number()
    return not others_alive()

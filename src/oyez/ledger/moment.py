"""What time is it in the database? It decides what is due, never the clock of one machine."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from oyez.kit import clock


def database_now() -> datetime:
    """The present moment, the same for all workers, whatever the clocks of their machines say."""
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        row = cursor.fetchone()
    assert row
    now: datetime = row[0]
    return now


def machine_off_by() -> timedelta:
    """How far this machine's clock is ahead of the database's; negative when it is behind."""
    return clock.now() - database_now()

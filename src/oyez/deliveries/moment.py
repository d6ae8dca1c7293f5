"""Where is the database, and how are its timers woken?"""

from __future__ import annotations

from django.db import connection
from psycopg.conninfo import make_conninfo
from psycopg.pq import Conninfo

BELL = "oyez_due"  # NOTIFY wakes the workers' timers; its payload says which
DELIVERIES = "deliveries"
LIBPQ = [option.keyword.decode() for option in Conninfo.get_defaults()]


def address() -> str:
    """Where the database is, for a connection outside Django (a lock, a bell): a libpq string."""
    given = connection.get_connection_params()
    return make_conninfo(**{name: given[name] for name in LIBPQ if given.get(name)})


def ring() -> None:
    """Wake the timers of deliveries when the present transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, %s)", [BELL, DELIVERIES])

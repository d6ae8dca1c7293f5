"""How does a process that lives long keep its database connections? In Django's own pool.

A short command opens one and closes it. A worker would open a new one for each job, which costs
more than most jobs do; so its threads share connections, and those that idle are closed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db import DEFAULT_DB_ALIAS, connection, connections

if TYPE_CHECKING:
    from django.db.backends.postgresql.base import DatabaseWrapper

IDLE = 60.0  # seconds after which a connection more than `at_least` is closed
PATIENCE = 10.0  # seconds to wait for the database before a job fails and is tried again
GIVE_UP = 4.0  # seconds of reconnecting by itself; afterwards whoever asks starts it anew


def share_connections(*, at_least: int, at_most: int) -> None:
    """From now on the threads of this process share connections, each tested before it is used.

    `at_most` must cover every thread that may hold one, or one lane could starve another.
    """
    connection.close()  # opened without the pool, it could not be given back to it
    connection.settings_dict["CONN_HEALTH_CHECKS"] = True
    connection.settings_dict["OPTIONS"]["pool"] = {
        "min_size": at_least,
        "max_size": at_most,
        "max_idle": IDLE,
        "timeout": PATIENCE,
        "reconnect_timeout": GIVE_UP,
        "num_workers": 1,
    }


def close_shared() -> None:
    """At the end of the process: close them all, and let it go on as before."""
    connection.close()
    cast("DatabaseWrapper", connections[DEFAULT_DB_ALIAS]).close_pool()
    del connection.settings_dict["OPTIONS"]["pool"]

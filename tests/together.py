"""Several things at the very same moment, each on a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

from django.db import connection

from oyez.ledger.actor import Refusal


def at_once(*things: Callable[[], object]) -> None:
    """A refusal in words is well; whatever else goes wrong is raised here."""
    gate = Barrier(len(things))

    def go(thing: Callable[[], object]) -> None:
        try:
            gate.wait(10)
            with suppress(Refusal):
                thing()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(things)) as pool:
        list(pool.map(go, things))

"""The throw-away PostgreSQL of a test run: the product's own server, in haste, without a net."""

from __future__ import annotations

import os

from oyez.project import env
from oyez.project.embedded import Server

HASTE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
}


class TestDatabase:
    """One server per run, shared by all xdist workers; each has a database of its own on it."""

    __test__ = False

    def __init__(self) -> None:
        self._settings = env.read()
        self._server = Server(self._settings.data, self._settings, HASTE)

    def start(self) -> None:
        """Start it once; nothing to do with an external server, or in a worker of a run."""
        if self._settings.embedded and not self._server.alive and not is_worker():
            self._server.start()

    def stop(self) -> None:
        if not is_worker():
            self._server.stop(hard=True)


def is_worker() -> bool:
    return "PYTEST_XDIST_WORKER" in os.environ

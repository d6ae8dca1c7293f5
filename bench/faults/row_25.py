"""Secrets are planted in a running house, and everything that its processes write, are called with
and hand on is searched for them, in every writing. Pages, answers and the backup are searched by
tests/canaries.
"""

from __future__ import annotations

from bench.faults.contract import Asked, Found, NotHeld, Row
from tests.canaries.processes import searched


def run(asked: Asked) -> Found:
    singing, places = searched()
    found = {"places": places, "found": len(singing)}
    if singing:
        raise NotHeld(found, "; ".join(singing))
    return found


ROW = Row(25, "No secret is in a log, in the words of a process or in what it hands on", run)

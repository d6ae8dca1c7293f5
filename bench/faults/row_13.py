"""Every way of being an author, at every door at which somebody approves."""

from __future__ import annotations

from bench.faults.contract import Asked, Found, Row
from bench.faults.tables import all_stopped


def run(asked: Asked) -> Found:
    return all_stopped("tests/decisions/test_four_eyes.py")


ROW = Row(13, "Nobody approves their own words where a second person is asked", run)

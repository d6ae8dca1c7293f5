"""Words are changed after their approval, by every way that writes."""

from __future__ import annotations

from bench.faults.contract import Asked, Found, Row
from bench.faults.tables import all_stopped


def run(asked: Asked) -> Found:
    return all_stopped("tests/deliveries/test_only_what_was_approved.py")


ROW = Row(12, "Exactly what was approved leaves, or nothing", run)

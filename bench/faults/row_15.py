"""Every page and every verb as every role, on one's own team's things and on another's."""

from __future__ import annotations

import os

from bench.faults.contract import Asked, Found, Row
from bench.faults.tables import all_stopped


def run(asked: Asked) -> Found:
    os.environ["OYEZ_TEST_EVERY_CELL"] = "1"  # the tests of each day try the least that may alone
    return all_stopped("tests/rights/test_pages.py", "tests/rights/test_verbs.py")


ROW = Row(15, "Nobody does on any page, or by any verb, what the table does not give them", run)

"""Of all writes 8 % are accepted and not answered: reset, answered too late or with an error, or
taken in only after we had hung up.
"""

from __future__ import annotations

import random

from bench.faults.contract import Asked, Found, NotHeld, Row
from bench.faults.houses import a_ground, tried
from tests.faults.judge import HAPPENS
from tests.faults.nemeses import Weather

DELIVERIES = 2_000
SHARE = 0.08
MAY_ASK = 0.01  # of those that were unknown


def run(asked: Asked) -> Found:
    deliveries = asked.deliveries or DELIVERIES
    with a_ground(asked, deliveries) as ground:
        ground.judge.weather = Weather(
            random.Random(asked.seed),  # noqa: S311
            dict.fromkeys(HAPPENS, SHARE / len(HAPPENS)),
        )
        counted, found = tried(ground, deliveries, [])
        unknown = len(
            ground.place.rows(
                "select distinct on_id from ledger_event where kind = 'deliveries.unsure'"
            )
        )
    found = {**found, "unanswered": sum(map(ground.judge.spoilt.get, HAPPENS)), "unknown": unknown}
    if not unknown or counted.asking > MAY_ASK * unknown:
        raise NotHeld(found, f"{counted.asking} of {unknown} had to ask.")
    return found


ROW = Row(2, "What is accepted and not answered is found out, and never taken for another's", run)

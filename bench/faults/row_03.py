"""Workers stand still between the commit and the first byte, or between answer and save."""

from __future__ import annotations

from bench.faults.contract import Asked, Found, Row
from bench.faults.houses import a_ground, tried
from tests.faults.nemeses import pause

DELIVERIES, PAUSES = 1_200, 50


def run(asked: Asked) -> Found:
    deliveries, pauses = asked.deliveries or DELIVERIES, asked.kills or PAUSES
    with a_ground(asked, deliveries) as ground:
        _, found = tried(ground, deliveries, [pause] * pauses)
        return {**found, "pauses": pauses}


ROW = Row(3, "A worker that stood still, for short or long, says nothing twice", run)

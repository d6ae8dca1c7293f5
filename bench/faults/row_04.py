"""The database is stopped at once, again and again, while messages go out."""

from __future__ import annotations

from bench.faults.contract import Asked, Found, Row
from bench.faults.houses import a_ground, tried
from tests.faults.nemeses import stop_database

DELIVERIES, STOPS = 1_200, 50


def run(asked: Asked) -> Found:
    deliveries, stops = asked.deliveries or DELIVERIES, asked.kills or STOPS
    with a_ground(asked, deliveries) as ground:
        _, found = tried(ground, deliveries, [stop_database] * stops)
        return {**found, "stops": stops}


ROW = Row(4, "The database stops at any moment: no message is lost, none is said twice", run)

"""Workers are killed, half of the times at the worst points."""

from __future__ import annotations

from bench.faults.contract import Asked, Found, Row
from bench.faults.houses import a_ground, tried
from tests.faults.campaign import drawn
from tests.faults.nemeses import kill_anywhere, kill_at_a_point

DELIVERIES, KILLS = 10_000, 200


def run(asked: Asked) -> Found:
    deliveries, kills = asked.deliveries or DELIVERIES, asked.kills or KILLS
    with a_ground(asked, deliveries) as ground:
        strikes = drawn(ground, [kill_at_a_point, kill_anywhere], kills)
        _, found = tried(ground, deliveries, strikes)
        return {**found, "kills": kills, "workers": asked.workers}


ROW = Row(1, "Workers die at any moment: no message is lost, none is said twice, all settle", run)

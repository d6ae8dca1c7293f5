"""An emergency message is written while ten thousand are due. When does it leave?"""

from __future__ import annotations

from bench.delivery import Size, a_network, emergency, prepare
from bench.faults.contract import Asked, Found, NotHeld, Row
from bench.house import a_house

QUEUED, LATEST = 10_000, 10.0  # seconds


def run(asked: Asked) -> Found:
    queued = asked.deliveries or QUEUED
    with a_house() as house, a_network() as network:
        prepare(house, network, Size(future=0))
        jump = emergency(house, network, queued)
    found = {"queued": queued, "seconds_to_the_wire": round(jump, 2)}
    if jump > LATEST:
        raise NotHeld(found, f"It may take {LATEST:.0f} s.")
    return found


ROW = Row(23, "An emergency message behind ten thousand: on the wire within 10 s", run)

"""A thousand messages are due at one moment. How late does the network see them?"""

from __future__ import annotations

from bench.delivery import Size, a_network, all_at_once, prepare
from bench.faults.contract import Asked, Found, NotHeld, Row
from bench.house import a_house

DUE, LATEST = 1_000, 60.0  # seconds


def run(asked: Asked) -> Found:
    due = asked.deliveries or DUE
    with a_house() as house, a_network() as network:
        prepare(house, network, Size(future=0))
        late = all_at_once(house, network, due)
    found = {"deliveries": due, "p95_lateness_seconds": round(late, 1)}
    if late > LATEST:
        raise NotHeld(found, f"The 95th percentile may be {LATEST:.0f} s.")
    return found


ROW = Row(22, "A thousand due at one moment: p95 lateness at most 60 s", run)

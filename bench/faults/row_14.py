"""The stop is pressed while as much goes out as this machine can send."""

from __future__ import annotations

import os
import time
from dataclasses import replace

from bench.faults.contract import Asked, Found, NotHeld, Row
from bench.faults.houses import a_ground
from tests.faults.nemeses import Ground

DELIVERIES = 3_000
WITHIN = 2.0  # seconds
WATCHED = 8.0


def run(asked: Asked) -> Found:
    most = min(asked.workers, os.cpu_count() or 1)  # more would only share the cores
    with a_ground(replace(asked, workers=most), asked.deliveries or DELIVERIES) as ground:
        total = _all_at_once(ground, asked.deliveries or DELIVERIES)
        before = _midst_of_it(ground, total)
        rate = sum(at > time.monotonic() - 3 for _, at in ground.judge.begun) / 3
        ground.place.ask("stop", why="Somebody has broken in.")
        stopped = time.monotonic()
        time.sleep(WATCHED)
        after = [at - stopped for _, at in ground.judge.begun if at > stopped]
    found = {"deliveries": total, "sent_before": before, "sends_per_second": round(rate)}
    found |= {"last_after_s": round(max(after, default=0.0), 2)}
    if any(late > WITHIN for late in after):
        raise NotHeld(found, f"Something was sent {max(after):.1f} s after the stop.")
    return found


def _all_at_once(ground: Ground, deliveries: int) -> int:
    """Everything is written and planned under a stop, which then ends."""
    place, texts = ground.place, -(-deliveries // len(ground.names))
    place.ask("stop", why="Until all is written.")
    for number in range(texts):
        place.write(f"Notice {number}.", ground.names)
    total, count = texts * len(ground.names), "select count(*) as n from deliveries_delivery"
    place.until(lambda: place.rows(count)[0].n == total, 300)
    place.ask("resume")
    return total


def _midst_of_it(ground: Ground, total: int) -> int:
    """When a third is out."""
    ground.place.until(lambda: len(ground.judge.begun) > total / 3, 300)
    return len(ground.judge.begun)


ROW = Row(14, "Nothing new is sent two seconds after somebody presses stop", run)

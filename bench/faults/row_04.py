"""The database is stopped at once, again and again, while messages go out."""

from __future__ import annotations

import random
import time

from bench.faults.contract import Asked, Found, NotHeld, Row
from bench.faults.houses import a_house_under_test
from tests.faults.proof import accounts, judged

DELIVERIES, STOPS = 600, 50


def run(asked: Asked) -> Found:
    chance = random.Random(asked.seed)  # noqa: S311  choices to be made again, no secret
    stops = asked.kills or STOPS
    with a_house_under_test() as (place, judge):
        names = accounts(place, judge, "judged_keyed", 4)
        names += accounts(place, judge, "judged_findable", 4)
        texts = [f"Notice {n}." for n in range((asked.deliveries or DELIVERIES) // len(names))]
        judge.slowness = dict.fromkeys(names, 0.2)
        place.start_worker()
        for number in range(stops):
            for text in texts[number::stops]:
                place.write(text, names)
            time.sleep(chance.uniform(0, 1))
            place.server.stop(hard=True)
            place.tend()
        place.until(place.settled(len(texts) * len(names)), 300)
        found = {**judged(place, judge, names, texts), "kills": stops}
        if found["lost"] or found["doubled"] or found["unsettled"]:
            raise NotHeld(found, f"See {place.folder}.")
    return found


ROW = Row(4, "The database may stop at any moment: nothing is lost, nothing doubled", run)

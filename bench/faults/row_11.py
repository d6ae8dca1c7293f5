"""A backup is made, more goes out, the machine is lost, and the backup comes back elsewhere."""

from __future__ import annotations

import random
from dataclasses import asdict

from bench.faults.contract import Asked, Found, NotHeld, Row
from bench.faults.houses import PATIENCE, a_folder, a_house_under_test
from tests.faults import restoring
from tests.faults.judge import Judge
from tests.faults.place import Place
from tests.faults.proof import accounts, verdict

DELIVERIES, OF_A_KIND, NEVER_WENT = 600, 4, 0.1


def run(asked: Asked) -> Found:
    with a_house_under_test(asked) as (place, judge):
        names = accounts(place, judge, OF_A_KIND)
        count = max(3, (asked.deliveries or DELIVERIES) // len(names))
        texts = [f"Notice {n}." for n in range(count)]
        known, since = texts[: count // 3], texts[count // 3 :]
        place.start_worker()
        restoring.say(place, names, known)
        place.until(place.settled(len(known) * len(names)), PATIENCE)
        saved = restoring.saved_while_waiting(place, names, since)
        place.end()
        pairs = [(name, text) for name in names for text in since]
        lost = random.Random(asked.seed).sample(pairs, int(len(pairs) * NEVER_WENT))  # noqa: S311
        for pair in lost:
            restoring.never_went(judge, *pair)
        with a_folder() as folder, restoring.elsewhere(folder / "house", judge) as there:
            restoring.bring_back(place, there, saved)
            return {"never_went": len(lost), **_goes_on(there, judge, names, texts)}


def _goes_on(there: Place, judge: Judge, names: list[str], texts: list[str]) -> Found:
    total, sent = len(names) * len(texts), len(judge.begun)
    there.start_worker()
    there.until(restoring.nothing_left_to_look_for(there, total), PATIENCE)
    before_a_person = len(judge.begun) - sent
    there.ask("resume")
    there.until(there.settled(total), PATIENCE)
    found = verdict(there, judge, names, texts)
    told = {**asdict(found), "sent_before_a_person_let_it": before_a_person}
    if not found.holds or before_a_person:
        raise NotHeld(told, f"See {there.folder}.")
    return told


ROW = Row(11, "A restored house is paused, and looks before it sends: nothing is said twice", run)

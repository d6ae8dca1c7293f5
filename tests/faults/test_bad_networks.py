"""Servers that accept and reset, answer too late or with a fault, and ignore Idempotency-Key."""

from __future__ import annotations

import time
from collections import Counter, deque

import pytest

from tests.faults.judge import FAULT, LATE, LOST, NEVER, Judge
from tests.faults.place import CALL_LIMIT, Place
from tests.faults.proof import accounts, figures, said_once

pytestmark = pytest.mark.fault

TEXTS = ["The pool is shut.", "The pool is open.", "Bins go out early.", "Mind the ice."]
FAULTS = [LOST, LATE, FAULT, NEVER]


def test_unknown_outcomes_become_known_without_asking_anybody(place: Place, judge: Judge) -> None:
    began = time.monotonic()
    keyed = accounts(place, judge, "judged_keyed", 2)
    findable = accounts(place, judge, "judged_findable", 2)
    judge.lateness = CALL_LIMIT + 0.5
    for name in keyed + findable:
        judge.spoil[name] = deque(FAULTS)
    for text in TEXTS:
        place.write(text, keyed + findable)
    place.start_worker()
    place.until(place.settled(16), 60)
    figures(place, judge, began, run="bad networks")
    assert place.events("deliveries.unsure") >= 16
    assert place.events("deliveries.asked") == 0
    said_once(place, judge, keyed + findable, TEXTS)
    writes = Counter(judge.writes())
    assert {writes[name] for name in findable} == {len(TEXTS) + 1}, "only what is not there"

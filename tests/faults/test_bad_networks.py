"""Servers that accept and reset, answer too late or with a fault, act after we have hung up, and
ignore Idempotency-Key.
"""

from __future__ import annotations

import time
from collections import Counter, deque

import pytest

from tests.faults.judge import AFTER, FAULT, LATE, LOST, NEVER, Judge
from tests.faults.place import CALL_LIMIT, Place
from tests.faults.proof import accounts, figures, said_once

pytestmark = pytest.mark.fault

TEXTS = ["The pool is shut.", "The pool is open.", "Bins go out early.", "Mind the ice.", "Sun."]
FAULTS = [LOST, LATE, FAULT, NEVER, AFTER]


def test_unknown_outcomes_become_known_without_asking_anybody(place: Place, judge: Judge) -> None:
    began = time.monotonic()
    names = accounts(place, judge, 1)
    judge.lateness = CALL_LIMIT + 0.5
    for name in names:
        judge.spoil[name] = deque(FAULTS)
    for text in TEXTS:
        place.write(text, names)
    place.start_worker()
    place.until(place.settled(len(names) * len(TEXTS)), 60)
    figures(place, judge, began, run="bad networks")
    assert sum(judge.spoilt[fault] for fault in FAULTS) == len(names) * len(FAULTS)
    assert place.events("deliveries.unsure") >= 5 * len(FAULTS)
    said_once(place, judge, names, TEXTS)
    writes = Counter(judge.writes())
    assert writes["plain1"] == writes["slug1"] == len(TEXTS) + 1, "only what is not there"

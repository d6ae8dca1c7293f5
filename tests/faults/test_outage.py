"""The database goes away in the middle of publishing."""

from __future__ import annotations

import time

import pytest

from tests.faults.judge import Judge
from tests.faults.place import Place
from tests.faults.proof import accounts, figures, said_once

pytestmark = pytest.mark.fault

TEXTS = ["The ford is flooded.", "The ford is passable.", "The ford is dry."]


def test_ten_seconds_without_a_database_lose_and_double_nothing(place: Place, judge: Judge) -> None:
    began = time.monotonic()
    names = accounts(place, judge, 2, ["keyed", "plain"])
    judge.slowness = dict.fromkeys(names, 0.3)
    for text in TEXTS:
        place.write(text, names)
    place.start_worker()
    place.until(lambda: len(judge.begun) >= 3, 30)
    place.server.stop(hard=True)
    time.sleep(10)
    place.until(place.settled(12), 90)
    figures(place, judge, began, run="database away for 10 s")
    assert place.events("deliveries.asked") == 0
    assert place.events("deliveries.unsure") <= 1, "answers in hand were thrown away"
    said_once(place, judge, names, TEXTS)

"""Three hundred new messages on slow networks: what else has to happen in time?"""

from __future__ import annotations

import time

import pytest

from tests.faults.judge import LATE, Judge
from tests.faults.place import Place
from tests.faults.proof import accounts

pytestmark = pytest.mark.fault

HANDS = 16  # of the lane that publishes
CROWD = 300
CALL_LIMIT = 5


def test_new_messages_starve_no_unknown_outcome_and_nothing_starts_after_a_stop(
    place: Place, judge: Judge
) -> None:
    a_crowd_behind_one_that_is_not_answered(place, judge)
    began = time.monotonic()
    place.until(lambda: place.state_of("Is it there?") == "arrived", 15)
    took = time.monotonic() - began
    queued = [row for row in place.deliveries() if row.state == "queued"]
    print(f'{{"unknown_settled_s": {took:.1f}, "queued": {len(queued)}}}')  # noqa: T201
    assert place.events("deliveries.unsure") == 1
    assert len(queued) > 100, "there was no crowd"
    nothing_new_starts_two_seconds_after_stop(place, judge)


def a_crowd_behind_one_that_is_not_answered(place: Place, judge: Judge) -> None:
    """One send is under way that will never be answered; then hundreds are queued at once."""
    slow = accounts(place, judge, CROWD, ["keyed"])
    (quick,) = accounts(place, judge, 1, ["plain"])
    judge.slowness = dict.fromkeys(slow, 3.0)
    judge.spoil[quick].append(LATE)
    judge.lateness = CALL_LIMIT + 1
    place.start_worker(OYEZ_CALL_LIMIT=str(CALL_LIMIT))
    place.write("Is it there?", [quick])
    place.until(lambda: judge.texts(quick)["Is it there?"] == 1, 30)
    place.write("Notice.", slow)
    place.until(lambda: len(judge.begun) > HANDS, 30)


def nothing_new_starts_two_seconds_after_stop(place: Place, judge: Judge) -> None:
    place.ask("stop", why="Somebody has broken in.")
    stopped = time.monotonic()
    before = len(judge.begun)
    time.sleep(5)
    last = max(at for _, at in judge.begun) - stopped
    print(f'{{"sends_before_stop": {before}, "last_after_stop_s": {last:.2f}}}')  # noqa: T201
    assert last < 2
    place.until(lambda: held_back(place) > 100, 30)  # each of them once its turn has come


def held_back(place: Place) -> int:
    waiting = [row for row in place.deliveries() if row.state == "waiting"]
    assert all("broken in" in row.why for row in waiting if row.why)
    return len(waiting)

"""Three hundred new messages on slow networks: what else has to happen in time?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.judge import LATE, Judge, judging
from tests.faults.place import Place, a_place
from tests.faults.proof import accounts
from tests.project.places import a_folder

pytestmark = pytest.mark.fault

HANDS = 16  # of the lane that publishes
CROWD = 300
CALL_LIMIT = 5


@dataclass
class Crowd:
    place: Place
    judge: Judge
    began: float


@pytest.fixture(scope="module")
def crowd(template: Path) -> Iterator[Crowd]:
    """One send is under way that will never be answered; then hundreds are queued at once."""
    with (
        judging() as judge,
        a_folder() as folder,
        a_place(template, folder / "house", judge.address) as place,
    ):
        slow = accounts(place, judge, "judged_keyed", CROWD)
        (quick,) = accounts(place, judge, "judged_findable", 1)
        judge.slowness = dict.fromkeys(slow, 3.0)
        judge.spoil[quick].append(LATE)
        judge.lateness = CALL_LIMIT + 1
        place.start_worker(OYEZ_CALL_LIMIT=str(CALL_LIMIT))
        place.write("Is it there?", [quick])
        place.until(lambda: judge.texts(quick)["Is it there?"] == 1, 30)
        place.write("Notice.", slow)
        place.until(lambda: len(judge.begun) > HANDS, 30)
        yield Crowd(place, judge, time.monotonic())


def test_new_messages_do_not_starve_an_unknown_outcome(crowd: Crowd) -> None:
    place = crowd.place
    place.until(lambda: place.state_of("Is it there?") == "arrived", 15)
    took = time.monotonic() - crowd.began
    queued = [row for row in place.deliveries() if row.state == "queued"]
    print(f'{{"unknown_settled_s": {took:.1f}, "queued": {len(queued)}}}')  # noqa: T201
    assert place.events("deliveries.unsure") == 1
    assert len(queued) > 100, "there was no crowd"


def test_nothing_new_starts_two_seconds_after_stop(crowd: Crowd) -> None:
    crowd.place.ask("stop", why="Somebody has broken in.")
    stopped = time.monotonic()
    before = len(crowd.judge.begun)
    time.sleep(5)
    last = max(at for _, at in crowd.judge.begun) - stopped
    print(f'{{"sends_before_stop": {before}, "last_after_stop_s": {last:.2f}}}')  # noqa: T201
    assert last < 2
    waiting = [row for row in crowd.place.deliveries() if row.state == "waiting"]
    assert len(waiting) > 100, "nothing was held back"
    assert all("broken in" in row.why for row in waiting if row.why)

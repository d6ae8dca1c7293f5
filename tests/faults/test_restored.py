"""A backup is brought back elsewhere: what went out since is found there and not sent again, what
never went goes out after a person has let it, and nothing leaves before.
"""

from __future__ import annotations

import re
import time

import pytest

from tests.faults import restoring
from tests.faults.judge import Judge
from tests.faults.place import Place
from tests.faults.proof import accounts, figures, untrue, verdict
from tests.project.places import a_folder

pytestmark = pytest.mark.fault

BEFORE = ["The ford is flooded."]
SINCE = ["The ford is closed.", "The ford is open."]
LOOKED_THROUGH = ("plain", "slug", "strict")


def test_a_restored_house_sends_nothing_twice_and_loses_nothing(place: Place, judge: Judge) -> None:
    began = time.monotonic()
    names = accounts(place, judge, 1)
    place.start_worker()
    restoring.say(place, names, BEFORE)
    place.until(place.settled(len(names)), 60)
    saved = restoring.saved_while_waiting(place, names, SINCE)
    place.end()  # and its machine is gone
    restoring.never_went(judge, "plain1", SINCE[1])

    with a_folder() as folder, restoring.elsewhere(folder / "house", judge) as there:
        rehearsal = restoring.oyez(there, "db", "rehearse", str(saved))
        closed = re.search(r"(\d+) of \1 secrets do not open", rehearsal.stderr)
        assert closed
        assert int(closed[1]) >= len(names)
        assert f"{len(names)} would be looked for" in rehearsal.stdout
        restoring.bring_back(place, there, saved)
        with_keys = restoring.oyez(there, "db", "rehearse", str(saved))
        assert with_keys.returncode == 0, with_keys.stderr
        assert re.search(r"record is whole: [1-9]\d* links", with_keys.stdout)
        sent = len(judge.begun)
        there.start_worker()
        there.until(restoring.nothing_left_to_look_for(there, 3 * len(names)), 120)
        assert len(judge.begun) == sent, "it sent before a person let it"
        there.ask("resume")
        there.until(there.settled(3 * len(names)), 90)
        figures(there, judge, began, run="restored elsewhere")
        found = verdict(there, judge, names, BEFORE + SINCE)
        assert found.holds, (found, untrue(judge, there.deliveries()))
        asking = {row.channel for row in there.deliveries() if row.state == "asking"}
        assert not [name for name in asking if name.startswith(LOOKED_THROUGH)]

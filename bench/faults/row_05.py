"""Workers’ clocks jump by a day, and the clocks of the world change: is everything on time?"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from bench.faults.changing_clocks import times_on_the_wall
from bench.faults.contract import Asked, Found, NotHeld, Row
from bench.faults.houses import PATIENCE, a_house_under_test
from bench.figures import percentile
from tests.faults.judge import HAPPENS, Judge
from tests.faults.nemeses import Weather
from tests.faults.place import Place
from tests.faults.proof import accounts, verdict

DELIVERIES, JUMPS = 720, 12
BEGINS, EVERY, BETWEEN = 20.0, 2.0, 9.0  # seconds: the first is due, the next, and until a jump
LIBRARIES = "/usr/lib"
SHIFTS = ("+24h", "-24h", "+0", "+23h", "-1h")


def run(asked: Asked) -> Found:
    walls = times_on_the_wall()
    with a_house_under_test(asked) as (place, judge):
        names = accounts(place, judge, 2)
        judge.weather = Weather(random.Random(asked.seed), dict.fromkeys(HAPPENS, 0.02))  # noqa: S311
        clock = place.folder / "clock"
        for _ in range(asked.workers):
            place.start_worker(**_a_clock_that_jumps(clock))
        due = _written(place, names, -(-(asked.deliveries or DELIVERIES) // len(names)))
        with place.tended():
            _jumps(clock, asked)
            place.until(place.settled(len(names) * len(due)), PATIENCE, tend=False)
        return _judged(place, judge, names, due, walls)


def _a_clock_that_jumps(clock: Path) -> Mapping[str, str]:
    """What the time is, as a file says; nothing but the time is changed for whoever is started so.
    Raises NotHeld where the library is absent (Debian: faketime).
    """
    found = sorted(Path(LIBRARIES).glob("*/faketime/libfaketimeMT.so.1"))
    if not found:
        raise NotHeld({}, "libfaketime is not here: apt-get install faketime.")
    clock.write_text("+0")
    return {
        "LD_PRELOAD": str(found[0]),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


def _written(place: Place, names: list[str], count: int) -> dict[str, float]:
    """Each text, and when it is due by the judge's clock."""
    first, clock = time.time() + BEGINS + count * 0.2, time.monotonic() - time.time()
    due = {f"Notice {n}.": first + n * EVERY for n in range(count)}
    for text, at in due.items():
        place.ask("write", text=text, to=names, at=datetime.fromtimestamp(at, UTC).isoformat())
    return {text: at + clock for text, at in due.items()}


def _jumps(clock: Path, asked: Asked) -> None:
    chance = random.Random(asked.seed)  # noqa: S311
    for _ in range(asked.kills or JUMPS):
        time.sleep(BETWEEN)
        clock.write_text(chance.choice(SHIFTS))


def _judged(
    place: Place, judge: Judge, names: list[str], due: Mapping[str, float], walls: Counter[str]
) -> Found:
    late = [post.at - due[post.text] for post in judge.shown]
    told = verdict(place, judge, names, list(due))
    found: Found = {
        **asdict(told),
        "early": sum(seconds < 0 for seconds in late),
        "p95_late_s": round(percentile(late, 95), 1),
        **walls,
    }
    if not told.holds or found["early"] or walls["wrong_moments"]:
        raise NotHeld(found, f"See {place.folder}.")
    return found


ROW = Row(5, "No planned message goes early or twice when workers’ clocks jump", run)

"""Workers’ clocks jump by a day, and the clocks of the world change: is everything on time?

Planned messages may not go before their moment, news of feeds not before they have settled, and
neither much later; no news is taken for too old.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from bench.faults.changing_clocks import times_on_the_wall
from bench.faults.contract import Asked, Found, NotHeld, Row
from bench.faults.houses import PATIENCE, a_house_under_test
from bench.faults.publishers import OLD, Publisher, publishing
from bench.figures import percentile
from tests.faults.judge import HAPPENS
from tests.faults.nemeses import Ground, Weather
from tests.faults.proof import accounts, verdict

DELIVERIES, JUMPS, FEEDS = 720, 12, 4
BEGINS, EVERY, BETWEEN = 20.0, 4.0, 20.0  # seconds: the first is due, the next, and until a jump
SETTLE, LATEST = 20.0, 30.0  # seconds: of a feed's items, and the 95th percentile of lateness
LIBRARIES = "/usr/lib"
SHIFTS = ("+24h", "-24h", "+0", "+23h", "-1h")
Due = dict[str, float]
"""Each text, and when it is due by the judge's clock."""


def run(asked: Asked) -> Found:
    walls, chance = times_on_the_wall(), random.Random(asked.seed)  # noqa: S311
    publishers = [Publisher(number, chance) for number in range(FEEDS)]
    with _houses(asked, publishers) as (ground, clock):
        planned = _written(ground, -(-(asked.deliveries or DELIVERIES) // len(ground.names)))
        with ground.place.tended():
            news = _jumps(ground, publishers, clock, asked.kills or JUMPS)
            many = len(ground.names) * (len(planned) + len(news))
            ground.place.until(ground.place.settled(many), PATIENCE, tend=False)
        return _judged(ground, planned | news, walls)


@contextmanager
def _houses(asked: Asked, publishers: list[Publisher]) -> Iterator[tuple[Ground, Path]]:
    """Whose workers go by a clock that jumps, and who follow these feeds."""
    for publisher in publishers:
        publisher.publishes(OLD)
    with publishing(publishers) as address, a_house_under_test(asked, address) as (place, judge):
        chance = random.Random(asked.seed)  # noqa: S311
        judge.weather = Weather(chance, dict.fromkeys(HAPPENS, 0.02))
        ground = Ground(place, judge, accounts(place, judge, 2), chance)
        urls = [f"http://{address}/{publisher.number}" for publisher in publishers]
        place.ask("follow", urls=urls, to=ground.names, settle=SETTLE)
        for _ in range(asked.workers):
            place.start_worker(**_a_clock_that_jumps(place.folder / "clock"))
        yield ground, place.folder / "clock"


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
        "FAKETIME_CACHE_DURATION": "1",  # seconds; to read the file each time costs all the speed
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


def _written(ground: Ground, count: int) -> Due:
    first, clock = time.time() + BEGINS + count * 0.2, time.monotonic() - time.time()
    due = {f"Notice {n}.": first + n * EVERY for n in range(count)}
    for text, at in due.items():
        moment = datetime.fromtimestamp(at, UTC).isoformat()
        ground.place.ask("write", text=text, to=ground.names, at=moment)
    return {text: at + clock for text, at in due.items()}


def _jumps(ground: Ground, publishers: list[Publisher], clock: Path, count: int) -> Due:
    """The clock jumps so often, and one of the feeds has news each time."""
    due: Due = {}
    for number in range(count):
        time.sleep(BETWEEN)
        clock.write_text(ground.chance.choice(SHIFTS))
        for story in publishers[number % len(publishers)].publishes():
            due[f"Story {story.name} {story.link}"] = time.monotonic() + SETTLE
        with ground.place.connect() as line:
            line.execute("update feeds_feed set next_poll_at = now()")
    return due


def _judged(ground: Ground, due: Due, walls: Counter[str]) -> Found:
    late = [post.at - due[post.text] for post in ground.judge.shown if post.text in due]
    told = verdict(ground.place, ground.judge, ground.names, list(due))
    found: Found = {
        **asdict(told),
        "others": len(ground.judge.shown) - len(late),
        "early": sum(seconds < 0 for seconds in late),
        "p95_late_s": round(percentile(late, 95), 1),
        **walls,
    }
    broken = found["others"] or found["early"] or walls["wrong_moments"]
    if not told.holds or broken or percentile(late, 95) > LATEST:
        raise NotHeld(found, f"See {ground.place.folder}.")
    return found


ROW = Row(5, "When workers’ clocks jump nothing goes early, late, twice or not at all", run)

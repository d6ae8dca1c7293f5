"""Every change of the clocks in every zone of the world, in two years: what does a time on the wall
there mean? Held against the other direction: which moments show that time?
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

from oyez.kit.walltime import NoSuchTime, Twice, moment

YEARS, STEP, AROUND = 2, timedelta(minutes=5), timedelta(hours=3)


def times_on_the_wall() -> Counter[str]:
    """How many changes were looked at, how many times on the wall, and how many were wrong."""
    found = Counter(clock_changes=0, times_on_the_wall=0, wrong_moments=0)
    for name in sorted(available_timezones()):
        for change in changes(ZoneInfo(name)):
            found["clock_changes"] += 1
            for wall, meant in walls_around(ZoneInfo(name), change).items():
                found["times_on_the_wall"] += 1
                found["wrong_moments"] += not _is_so(wall, name, meant)
    return found


def changes(zone: ZoneInfo) -> Iterator[datetime]:
    """The hours in which the clocks are changed there."""
    now = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    before = now.astimezone(zone).utcoffset()
    for hour in range(YEARS * 366 * 24):
        at = now + timedelta(hours=hour)
        if (offset := at.astimezone(zone).utcoffset()) != before:
            before = offset
            yield at


def walls_around(zone: ZoneInfo, change: datetime) -> dict[datetime, list[datetime]]:
    """Naive times on the wall, each with the moments that show it: none, one or two."""
    begins, steps = change - 2 * AROUND, 4 * AROUND // STEP
    shown: defaultdict[datetime, list[datetime]] = defaultdict(list)
    for step in range(steps):
        at = begins + step * STEP
        shown[at.astimezone(zone).replace(tzinfo=None)].append(at)
    first = (change - AROUND).astimezone(zone).replace(tzinfo=None)
    walls = [first + step * STEP for step in range(2 * AROUND // STEP)]
    return {wall: shown.get(wall, []) for wall in walls}


def _is_so(wall: datetime, zone: str, meant: list[datetime]) -> bool:
    try:
        return [moment(wall, zone)] == meant
    except Twice:
        return [moment(wall, zone, fold) for fold in (0, 1)] == meant
    except NoSuchTime:
        return not meant

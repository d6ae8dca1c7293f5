"""One network takes every call and answers none; how late are the messages to the others?"""

from __future__ import annotations

import time

from bench.faults.contract import Asked, Found, NotHeld, Row
from bench.faults.houses import a_house_under_test
from bench.figures import percentile
from tests.faults.judge import Judge
from tests.faults.place import Place
from tests.faults.proof import accounts
from tests.faults.shelves import KINDS

DELIVERIES = 720
OF_A_KIND = 4  # accounts
EVERY = 3.0  # seconds a message to all
AT_MOST = 30.0  # seconds late, for 99 of 100
HOLE = "slug"
CALL_LIMIT = "20"  # seconds, as in a real house


def run(asked: Asked) -> Found:
    with a_house_under_test(asked) as (place, judge):
        names = accounts(place, judge, OF_A_KIND)
        others = [name for name in names if not name.startswith(HOLE)]
        judge.slowness = {name: 3600.0 for name in names if name not in others}
        place.start_worker(OYEZ_CALL_LIMIT=CALL_LIMIT)
        count = -(-(asked.deliveries or DELIVERIES) // len(names))
        written = _a_message_now_and_then(place, names, count)
        late = _lateness(place, judge, others, written)
    p99 = percentile(late, 99)
    found = {"deliveries": len(late), "kinds": len(KINDS), "p99_late_s": round(p99, 1)}
    found["most_late_s"] = round(max(late), 1)
    if p99 > AT_MOST:
        raise NotHeld(found, f"One of a hundred was more than {p99:.0f} s late.")
    return found


def _a_message_now_and_then(place: Place, names: list[str], count: int) -> dict[str, float]:
    """Each text, and when it was committed."""
    written = {}
    for number in range(count):
        place.write(f"Notice {number}.", names)
        written[f"Notice {number}."] = time.monotonic()
        time.sleep(EVERY)
    return written


def _lateness(
    place: Place, judge: Judge, others: list[str], written: dict[str, float]
) -> list[float]:
    """Of every message to the other networks, once all are there."""

    def there() -> list[float]:
        shown = [post for post in list(judge.shown) if post.account in others]
        return [max(0.0, post.at - written[post.text]) for post in shown]

    place.until(lambda: len(there()) == len(others) * len(written), 300)
    return there()


ROW = Row(6, "A network that answers nobody delays no other", run)

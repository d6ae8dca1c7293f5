"""Networks that let us ask so often and no oftener: half of them say when to come again."""

from __future__ import annotations

import math
import time
from collections import Counter

from bench.faults.contract import Asked, Found, NotHeld, Row
from bench.faults.houses import a_ground, tried
from bench.http import Answer

DELIVERIES = 720
ALLOWED, WINDOW = 20, 15.0  # requests of one account in so many seconds
AT_MOST = 1.1  # requests for each that is allowed


class Limit:
    """So many requests of an account in each window; the others are told to slow down."""

    def __init__(self) -> None:
        self.allowed: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self._windows: Counter[tuple[str, int]] = Counter()

    def __call__(self, account: str) -> Answer | None:
        now = time.monotonic()
        window = int(now // WINDOW)
        self._windows[account, window] += 1
        if self._windows[account, window] <= ALLOWED:
            self.allowed[account] += 1
            return None
        self.refused[account] += 1
        left = math.ceil((window + 1) * WINDOW - now)
        says_when = int(account[-1]) % 2
        return Answer(429, b"{}", (("retry-after", str(left)),) if says_when else ())


def run(asked: Asked) -> Found:
    deliveries, limit = asked.deliveries or DELIVERIES, Limit()
    with a_ground(asked, deliveries) as ground:
        ground.judge.refuses = limit
        _, found = tried(ground, deliveries, [])
    allowed, refused = limit.allowed.total(), limit.refused.total()
    asked_for_each = round((allowed + refused) / allowed, 3)
    found = {**found, "allowed": allowed, "refused": refused, "requests_for_each": asked_for_each}
    if not refused or asked_for_each > AT_MOST:
        raise NotHeld(found, f"There were {asked_for_each} requests for each that was allowed.")
    return found


ROW = Row(7, "Networks that ask us to slow down are not pestered, and nothing is lost", run)

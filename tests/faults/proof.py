"""What every run must show, told by the judge's log and held against the house's own words."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence

from oyez.deliveries.rules import SETTLED
from tests.faults.judge import Judge
from tests.faults.place import Place


def accounts(place: Place, judge: Judge, network: str, count: int) -> list[str]:
    """Link `count` accounts on a judged network; their names."""
    kind = network.removeprefix("judged_")
    names = [f"{kind}{number}" for number in range(1, count + 1)]
    for name in names:
        place.link(network, name, server=judge.url, account=name, token=f"token-of-{name}")
    return names


def said_once(place: Place, judge: Judge, names: Sequence[str], texts: Sequence[str]) -> None:
    """Each text is shown once on each account, and the house knows which post it is."""
    for name in names:
        assert dict(judge.texts(name)) == dict.fromkeys(texts, 1), name
    numbers = judge.numbers()
    for row in place.deliveries():
        assert row.state == "arrived", row
        assert row.remote_id == numbers[row.channel, row.text], row


def figures(place: Place, judge: Judge, began: float, **more: object) -> None:
    """One line of JSON about a run; shown by pytest -s, and where a test failed."""
    found = place.deliveries()
    told = {
        "deliveries": len(found),
        "shown": len(judge.shown),
        "writes": len(judge.begun),
        "strikes": place.plan.done,
        "worker_starts": place.starts,
        "unsure": place.events("deliveries.unsure"),
        "sent_again": place.events("deliveries.sent_again"),
        "asked": place.events("deliveries.asked"),
        "seconds": round(time.monotonic() - began, 1),
    }
    print(json.dumps({**more, **told}))  # noqa: T201


def judged(
    place: Place, judge: Judge, names: Sequence[str], texts: Sequence[str]
) -> dict[str, int]:
    """How many were lost or doubled, by the judge's log; how many the house has not settled."""
    shown = {name: judge.texts(name) for name in names}
    counts = [shown[name][text] for name in names for text in texts]
    return {
        "deliveries": len(counts),
        "lost": counts.count(0),
        "doubled": sum(count - 1 for count in counts if count),
        "unsettled": sum(row.state not in SETTLED for row in place.deliveries()),
    }

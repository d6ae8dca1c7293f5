"""What every run must show, told by the judge's log and held against the house's own words."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass

from oyez.deliveries.rules import SETTLED
from tests.faults.judge import Judge
from tests.faults.place import Place, Row
from tests.faults.shelves import KINDS, WITH_A_HANDLE, Shown


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of many messages. `doubled` counts where a key or handle exists, `doubled_plain`
    elsewhere; `wrong`: the house says something of a message that is not so.
    """

    deliveries: int
    lost: int
    doubled: int
    doubled_plain: int
    asking: int
    unsettled: int
    wrong: int

    @property
    def holds(self) -> bool:
        """Nothing lost, nothing doubled, nothing open, nothing untrue."""
        return not (self.lost or self.doubled or self.doubled_plain or self.unsettled or self.wrong)


def accounts(place: Place, judge: Judge, count: int, kinds: Sequence[str] = ()) -> list[str]:
    """Link `count` accounts of each kind; their names, one kind after the other."""
    names = [f"{kind}{number}" for number in range(1, count + 1) for kind in kinds or KINDS]
    for name in names:
        answers = {"server": judge.url, "account": name, "token": f"token-of-{name}"}
        place.link(f"judged_{name.rstrip('0123456789')}", name, **answers)
    return names


def verdict(place: Place, judge: Judge, names: Sequence[str], texts: Sequence[str]) -> Verdict:
    """Of every text on every account."""
    shown = {name: judge.texts(name) for name in names}
    times = {(name, text): shown[name][text] for name in names for text in texts}
    more = {pair: count - 1 for pair, count in times.items() if count > 1}
    rows = {(row.channel, row.text): row for row in place.deliveries()}
    asking = {pair for pair, row in rows.items() if row.state == "asking"}
    return Verdict(
        deliveries=len(times),
        lost=sum(not count and pair not in asking for pair, count in times.items()),
        doubled=sum(more[pair] for pair in more if pair[0].startswith(WITH_A_HANDLE)),
        doubled_plain=sum(more[pair] for pair in more if not pair[0].startswith(WITH_A_HANDLE)),
        asking=len(asking),
        unsettled=sum(pair not in rows or rows[pair].state not in SETTLED for pair in times),
        wrong=len(untrue(judge, list(rows.values()))),
    )


def untrue(judge: Judge, rows: Sequence[Row]) -> list[Row]:
    """Where the house is wrong: it names another post as its receipt, or says that what is shown
    is not there.
    """
    posts = judge.posts()
    shown = {(post.account, post.text) for post in posts.values()}
    return [
        row
        for row in rows
        if (row.state in {"refused", "withheld"} and (row.channel, row.text) in shown)
        or (row.state == "arrived" and not _is(row, posts.get(row.remote_id)))
    ]  # fmt: skip


def _is(row: Row, post: Shown | None) -> bool:
    return post is not None and (post.account, post.text) == (row.channel, row.text)


def said_once(place: Place, judge: Judge, names: Sequence[str], texts: Sequence[str]) -> None:
    """Each text is shown once on each account, and the house knows which post it is."""
    found = verdict(place, judge, names, texts)
    assert found.holds, (found, untrue(judge, place.deliveries()))
    assert not found.asking
    assert all(row.state == "arrived" for row in place.deliveries())


def figures(place: Place, judge: Judge, began: float, **more: object) -> None:
    """One line of JSON about a run; shown by pytest -s, and where a test failed."""
    told = {
        "deliveries": len(place.deliveries()),
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

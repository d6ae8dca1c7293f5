"""The disk fills while messages are written and go out, stays full, and is emptied again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from bench.faults.contract import Asked, Found, NotHeld, Row
from bench.faults.houses import a_folder
from bench.faults.small_disk import a_small_disk, fill
from tests.faults.judge import Judge, judging
from tests.faults.place import Place, make_template
from tests.faults.proof import accounts, verdict
from tests.faults.supervised import supervised

OF_A_KIND = 1  # accounts
BEFORE, FULL, AFTER = 10.0, 60.0, 10.0  # seconds
SEEN_WITHIN = 60.0
PATIENCE = 300.0
EVERY = 0.2  # seconds a message to all
SAID = "The disk is full"


@dataclass
class Writer:
    """Somebody who writes all the while; what was confirmed, and what was not."""

    place: Place
    names: list[str]
    confirmed: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def write_until(self, over: Event) -> None:
        while not over.wait(EVERY):
            text = f"Notice {len(self.confirmed) + len(self.refused)}."
            saved = self.place.ask("say", text=text, to=self.names)
            (self.confirmed if saved else self.refused).append(text)


def run(asked: Asked) -> Found:
    with a_folder() as folder, judging() as judge, a_small_disk(folder / "disk") as disk:
        (folder / "template").mkdir()
        template = make_template(folder / "template")
        house = supervised(template, disk / "house", folder / "said", judge.address)
        with house as (place, address):
            names = accounts(place, judge, OF_A_KIND)
            cookie = place.ask("come_in")
            with _writing(place, names) as writer:
                found = _filled_and_emptied(disk, writer, f"{address}/messages", cookie)
            return _judged(place, judge, writer, found)


@contextmanager
def _writing(place: Place, names: list[str]) -> Iterator[Writer]:
    writer, over = Writer(place, names), Event()
    thread = Thread(target=writer.write_until, args=[over])
    thread.start()
    try:
        yield writer
    finally:
        over.set()
        thread.join()


def _filled_and_emptied(disk: Path, writer: Writer, page: str, cookie: str) -> Found:
    time.sleep(BEFORE)
    full_at, statuses, seen = time.monotonic(), set(), 0.0
    ballast = fill(disk)
    while time.monotonic() - full_at < FULL:
        status, words = _looked(page, cookie)
        statuses.add(status)
        if not seen and SAID in words:
            seen = time.monotonic() - full_at
        fill(disk)  # what was let go meanwhile
        time.sleep(0.5)
    ballast.unlink()
    emptied_at, before = time.monotonic(), len(writer.confirmed)
    while len(writer.confirmed) < before + 3 and time.monotonic() - emptied_at < PATIENCE:
        time.sleep(0.2)
    recovered = time.monotonic() - emptied_at
    time.sleep(AFTER)
    gone = SAID not in _looked(page, cookie)[1]
    return {
        "seen_after_s": round(seen, 1), "statuses": sorted(statuses), "said_no_more": gone,
        "saves_again_after_s": round(recovered, 1),
    }  # fmt: skip


def _looked(page: str, cookie: str) -> tuple[int, str]:
    try:
        with urlopen(Request(page, headers={"Cookie": f"oyez={cookie}"}), timeout=30) as answer:  # noqa: S310
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def _judged(place: Place, judge: Judge, writer: Writer, found: Found) -> Found:
    """What was not confirmed may have been saved all the same, and is said at most once too."""
    least = len(writer.confirmed) * len(writer.names)

    def settled() -> bool:
        rows = place.deliveries()
        return len(rows) >= least and all(
            row.state in {"arrived", "refused", "withheld", "asking"} for row in rows
        )

    place.until(settled, PATIENCE, tend=False)
    kept = verdict(place, judge, writer.names, writer.confirmed)
    rest = verdict(place, judge, writer.names, writer.refused)
    told = {
        "deliveries": kept.deliveries, "lost": kept.lost, "unsettled": kept.unsettled,
        "doubled": kept.doubled + rest.doubled + kept.doubled_plain + rest.doubled_plain,
        "wrong": kept.wrong, "asking": kept.asking, "not_confirmed": len(writer.refused), **found,
    }  # fmt: skip
    broken = told["lost"] or told["doubled"] or told["unsettled"] or told["wrong"]
    on_time = 0 < float(str(found["seen_after_s"])) <= SEEN_WITHIN and found["said_no_more"]
    if broken or not on_time or 500 in found["statuses"] or not writer.refused:  # type: ignore[operator]
        raise NotHeld(told, f"See {place.folder}.")
    return told


ROW = Row(9, "A full disk loses nothing confirmed, doubles nothing, and is said at once", run)

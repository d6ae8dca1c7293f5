"""A million events, and whoever can write the database changes some of them, every trigger off."""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from typing import Any

from bench.faults.contract import Asked, Found, NotHeld, Row
from bench.house import House, a_house
from tests.ledger.spoiling import WAYS, without_triggers

EVENTS, GOAL = 1_000_000, 30  # seconds
SPOILED, TRIES = 10_000, 10  # events in the record that is changed, and tries of each way
_FILL = """
insert into ledger_event (kind, on_kind, on_id, by_kind, by_id, by_name, at, data)
select (array['posts.edited', 'deliveries.arrived', 'feeds.item_arrived', 'people.signed_in'])
    [1 + n %% 4], 'posts.post', (n %% 50000)::text, 'person', (n %% 40)::text,
    'Officer ' || n %% 40, now() - (%s - n) * interval '30 seconds',
    jsonb_build_object('version', n %% 9, 'why', 'Because ' || n)
from generate_series(1, %s) n
"""


def run(asked: Asked) -> Found:
    """`deliveries` says how many events are verified, `kills` how often each way is tried."""
    events = asked.deliveries or EVENTS
    seconds, computed = _timed(events)
    tried = _spoiled(asked.kills or TRIES, asked.seed)
    found = {
        "events": events,
        "verified_in_seconds": round(seconds, 1),
        "of_which_computing": round(computed, 1),
        "ways": len(WAYS),
        "tried": len(tried),
        "detected": sum(bool(called) for _, called in tried),
    }
    if missed := [way for way, called in tried if not called]:
        raise NotHeld(found, f"Not seen: {missed}")
    if seconds > GOAL * events / EVENTS + 3:
        raise NotHeld(found, f"Verifying took {seconds:.0f} s.")
    return found


def _timed(events: int) -> tuple[float, float]:
    """How long does it take to verify so many, from the command’s start to its end, and how much
    of that did the command compute? The rest it waited: for the database, or for a busy machine.
    """
    with a_house() as house:
        _fill(house, events)
        began, before = time.monotonic(), _computed()
        verdict = _verify(house, "record")
        seconds, computed = time.monotonic() - began, _computed() - before
    if not verdict["whole"] or verdict["links"] != events:
        raise NotHeld({"events": events}, f"The untouched record was called {verdict}.")
    return seconds, computed


def _computed() -> float:
    """Seconds on a processor, of all our commands that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _fill(house: House, events: int) -> None:
    house.copy("oyez", "record")
    with house.connect("record") as line:
        line.execute(_FILL, [events, events])
        line.execute("vacuum analyze")
    _oyez(house, "record", "audit", "head")  # which chains what is not


def _spoiled(tries: int, seed: int) -> list[tuple[str, str]]:
    """Each way a few times, each time on a fresh copy: the way, and what it was called."""
    dice, tried = random.Random(seed), []  # noqa: S311  choices to be made again, no secret
    with a_house() as house:
        _fill(house, SPOILED)
        for way in sorted(WAYS) * tries:
            house.copy("record", "spoiled")
            with house.connect("spoiled") as line, without_triggers(line.execute):
                WAYS[way](line.execute, dice, SPOILED)
            verdict = _verify(house, "spoiled")
            tried.append((way, "" if verdict["whole"] else verdict["broken"]["what"]))
    return tried


def _verify(house: House, database: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(_oyez(house, database, "audit", "verify", "--json"))
    return told


def _oyez(house: House, database: str, *arguments: str) -> str:
    command = [sys.executable, "-m", "oyez", *arguments]
    done = subprocess.run(command, env=house.environ(database), capture_output=True, text=True)
    if done.returncode not in (0, 1) or done.stderr:
        raise RuntimeError(done.stderr)
    return done.stdout


ROW = Row(26, "Whatever is changed in the record is found, a million events in 30 s", run)

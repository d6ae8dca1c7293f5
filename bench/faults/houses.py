"""A house to be tried, with its judge; its folder stays where a promise was broken there."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from bench.faults.contract import Asked, Found, NotHeld
from tests.faults.campaign import campaign
from tests.faults.judge import Judge, judging
from tests.faults.nemeses import Ground, Nemesis
from tests.faults.place import CALL_LIMIT, Place, a_place, make_template
from tests.faults.proof import Verdict, accounts
from tests.faults.shelves import KINDS

MOST_OF_A_KIND = 20  # accounts
PATIENCE = 1800.0  # seconds to settle after the last strike


@contextmanager
def a_folder() -> Iterator[Path]:
    """Short and open to walk through: the database may run under another account."""
    folder = Path(tempfile.mkdtemp(prefix="oyez-proof-"))
    folder.chmod(0o755)
    try:
        yield folder
    except BaseException as broken:
        broken.add_note(f"All that is left of it: {folder}")
        raise
    shutil.rmtree(folder)


@contextmanager
def a_house_under_test(asked: Asked, *also: str) -> Iterator[tuple[Place, Judge]]:
    """`also`: other addresses of this machine that it may speak to."""
    with a_folder() as folder, judging() as judge:
        (folder / "template").mkdir()
        template = make_template(folder / "template")
        allowed = ",".join([judge.address, *also])
        with a_place(template, folder / "house", allowed, external=asked.external) as place:
            judge.at_first_byte, judge.lateness = place.first_byte, CALL_LIMIT + 0.5
            yield place, judge


@contextmanager
def a_ground(asked: Asked, deliveries: int) -> Iterator[Ground]:
    """With as many accounts of each kind as so many deliveries are worth, and all its workers."""
    with a_house_under_test(asked) as (place, judge):
        of_a_kind = max(1, min(MOST_OF_A_KIND, deliveries // 60))
        names = accounts(place, judge, of_a_kind)
        for _ in range(asked.workers):
            place.start_worker()
        yield Ground(place, judge, names, random.Random(asked.seed))  # noqa: S311


def tried(ground: Ground, deliveries: int, strikes: Sequence[Nemesis]) -> tuple[Verdict, Found]:
    """About that many messages on all six kinds of network, while all this strikes; NotHeld where
    one was lost, doubled, left open, or told wrongly.
    """
    texts = [f"Notice {n}." for n in range(1, -(-deliveries // len(ground.names)) + 1)]
    try:
        counted = campaign(ground, texts, strikes, patience=PATIENCE)
    except AssertionError as stuck:
        raise NotHeld({"kinds": len(KINDS)}, str(stuck)) from stuck
    found = {"kinds": len(KINDS), **asdict(counted)}
    if not counted.holds:
        raise NotHeld(found, f"See {ground.place.folder}.")
    return counted, found

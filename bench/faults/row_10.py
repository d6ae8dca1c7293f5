"""A house half upgraded: workers of the version before the newest migration beside ours, on tables
that are ours already.
"""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import asdict
from pathlib import Path

from bench.faults.contract import Asked, Found, NotHeld, Row
from bench.faults.houses import PATIENCE, a_folder, a_house_under_test
from bench.house import ROOT
from tests.faults.place import Place
from tests.faults.proof import accounts, verdict

DELIVERIES, OF_A_KIND = 1_200, 4
MIGRATIONS = "src/oyez/*/migrations/0*.py"
OUR_PAGE = "select 1 from channels_channel where network = 'own_page'"
TROUBLE = (" ERROR ", " CRITICAL ", "Traceback")


def run(asked: Asked) -> Found:
    with a_folder() as folder, a_house_under_test(asked) as (place, judge):
        commit = _before_the_newest_migration(folder / "older")
        names = accounts(place, judge, OF_A_KIND)
        texts = [f"Notice {n}." for n in range(-(-(asked.deliveries or DELIVERIES) // len(names)))]
        older = {"PYTHONPATH": _paths(place, folder / "older"), "PYTHONSAFEPATH": "1"}
        place.start_worker(**older)
        place.until(lambda: place.rows(OUR_PAGE), 60)  # the house ran before it was upgraded
        for number in range(1, asked.workers):
            place.start_worker(**(older if number % 2 == 0 else {}))
        for text in texts:
            place.write(text, names)
        place.until(place.settled(len(texts) * len(names)), PATIENCE, tend=False)
        found = {**asdict(verdict(place, judge, names, texts)), "older": commit}
        found |= {"sent_by": _sent_by(place), "ended": _ended(place), "errors": _errors(place)}
        held = verdict(place, judge, names, texts).holds
        if not held or found["errors"] or found["ended"] or found["sent_by"] != len(place.workers):
            raise NotHeld(found, f"See {place.folder}.")
        return found


def _before_the_newest_migration(folder: Path) -> str:
    """The code as it was then, in a folder of its own; the commit."""
    git = shutil.which("git")
    asked = [git or "git", "-C", str(ROOT), "log", "-1", "--format=%h", "HEAD", "--", MIGRATIONS]
    newest = git and subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    if not git or not newest:
        raise NotHeld({"tried": False}, "Not tried: no git here, or no history.")
    commit = f"{newest.strip()}~1"
    folder.mkdir()
    archive = [git, "-C", str(ROOT), "archive", "-o", str(folder / "it.tar"), commit]
    subprocess.run(archive, check=True)
    shutil.unpack_archive(folder / "it.tar", folder, filter="data")
    return commit


def _paths(place: Place, older: Path) -> str:
    return place.environ["PYTHONPATH"].replace(str(ROOT), str(older))


def _sent_by(place: Place) -> int:
    """How many workers had a part in it."""
    return len(place.rows("select distinct worker from deliveries_delivery"))


def _ended(place: Place) -> int:
    return sum(worker.poll() is not None for worker in place.workers)


def _errors(place: Place) -> int:
    lines = (place.folder / "worker.log").read_text().splitlines()
    return sum(any(sign in line for sign in TROUBLE) for line in lines)


ROW = Row(10, "Workers of two versions share a house while it is upgraded, and nothing shows", run)

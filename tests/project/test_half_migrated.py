"""Everything is killed while the tables are being fitted: the next start fits the rest."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from oyez.project import location
from tests.loopback import until
from tests.project.places import a_folder, processes_of

ROOT = Path(__file__).parents[2]
COUNT = "select count(*) from django_migrations"
FIT = (sys.executable, "-m", "oyez", "db", "migrate")


@pytest.fixture
def data() -> Iterator[Path]:
    with a_folder() as folder:
        yield folder / "data"


@pytest.fixture
def environ(data: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "src"), "OYEZ_DATA": str(data)}


def applied(data: Path) -> int:
    """How many migrations the database knows as done; 0 before it can say."""
    where = str(location.socket_folder(data))
    with suppress(psycopg.Error), psycopg.connect(host=where, dbname="oyez", user="oyez") as line:
        row = line.execute(COUNT).fetchone()
        return row[0] if row else 0
    return 0


def kill_everything(data: Path) -> None:
    while alive := processes_of(data):
        for process in alive:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)


@pytest.mark.fault
def test_tables_that_were_fitted_half_way_are_fitted_to_the_end(
    data: Path, environ: dict[str, str]
) -> None:
    enough = random.randrange(5, 60)
    first = subprocess.Popen(FIT, env=environ, start_new_session=True, stdout=subprocess.DEVNULL)
    until(lambda: applied(data) >= enough or first.poll() is not None, 60)
    assert first.poll() is None, "It was done before it could be killed."
    kill_everything(data)
    first.wait(10)
    again = subprocess.run(FIT, env=environ, capture_output=True, text=True, check=False)
    assert (again.returncode, again.stdout) == (0, "The tables fit this version.\n"), again.stderr

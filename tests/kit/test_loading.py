"""Is what a process starts with kept out of the collector's sight, and only that?"""

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest

from oyez.kit.loading import to_stay

SOURCE = Path(__file__).resolve().parents[2] / "src"
MANY = 50_000


def seen_by_the_collector(program: str, folder: Path) -> tuple[int, int]:
    """How much it keeps and how much it goes through, after this program."""
    asked = "import gc; print(gc.isenabled(), gc.get_freeze_count(), len(gc.get_objects()))"
    surroundings = {"PYTHONPATH": str(SOURCE), "OYEZ_DATA": str(folder), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\n{asked}"],
        env=surroundings,
        capture_output=True,
        text=True,
        check=True,
    )
    at_work, kept, gone_through = done.stdout.split()[-3:]
    assert at_work == "True"
    return int(kept), int(gone_through)


@pytest.mark.parametrize(
    "program",
    [
        "from oyez.project.main import main; main(['--help'])",
        "import oyez.project.asgi",
        "import oyez.practice.asgi",
    ],
    ids=["a command", "the pages", "the practice network"],
)
def test_what_was_loaded_is_not_gone_through(program: str, tmp_path: Path) -> None:
    kept, gone_through = seen_by_the_collector(program, tmp_path)
    assert kept > MANY > gone_through


def test_what_comes_later_is() -> None:
    before = gc.get_freeze_count()
    with to_stay():
        assert not gc.isenabled()
    assert gc.isenabled()
    assert gc.get_freeze_count() == before, "what a test left behind would never be found"

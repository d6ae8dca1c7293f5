"""A house to be tried, with its judge; its folder stays where a promise was broken there."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.judge import Judge, judging
from tests.faults.place import Place, a_place, make_template


@contextmanager
def a_folder() -> Iterator[Path]:
    """Short and open to walk through: the database may run under another account."""
    folder = Path(tempfile.mkdtemp(prefix="oyez-proof-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)  # not when something was raised: it says why


@contextmanager
def a_house_under_test() -> Iterator[tuple[Place, Judge]]:
    with a_folder() as folder, judging() as judge:
        (folder / "template").mkdir()
        template = make_template(folder / "template")
        with a_place(template, folder / "house", judge.address) as place:
            yield place, judge

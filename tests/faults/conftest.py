"""A migrated database to copy, a judge, and a house of its own for each test."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.judge import Judge, judging
from tests.faults.place import Place, a_place, make_template
from tests.project.places import a_folder


@pytest.fixture(scope="session")
def template() -> Iterator[Path]:
    with a_folder() as folder:
        yield make_template(folder)


@pytest.fixture
def judge() -> Iterator[Judge]:
    with judging() as judge:
        yield judge


@pytest.fixture
def place(template: Path, judge: Judge, request: pytest.FixtureRequest) -> Iterator[Place]:
    """Its database is the embedded one, unless a test asks for `external`."""
    external = getattr(request, "param", "embedded") == "external"
    with (
        a_folder() as folder,
        a_place(template, folder / "house", judge.address, external=external) as place,
    ):
        yield place


@pytest.fixture
def seed() -> int:
    """OYEZ_TEST_SEED repeats a run."""
    return int(os.environ.get("OYEZ_TEST_SEED") or random.randrange(10**6))

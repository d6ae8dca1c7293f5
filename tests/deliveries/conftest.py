"""A worker's lock is let go after each test, as at the end of a shift."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from oyez.deliveries import shift


@pytest.fixture(autouse=True)
def end_of_shift() -> Iterator[None]:
    yield
    shift.end()

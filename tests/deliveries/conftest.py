"""Networks that only exist here, for tests that bring none of their own; a worker's lock is let go
after each test, as at the end of a shift.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from oyez.deliveries import shift
from tests.fakes.networks import Findable, Keyed, Log, Mute, fakes


@pytest.fixture(autouse=True)
def end_of_shift() -> Iterator[None]:
    yield
    shift.end()


@pytest.fixture
def log() -> Iterator[Log]:
    with fakes(Findable, Keyed, Mute) as log:
        yield log

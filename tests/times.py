"""As if it were another time: for this process, and for the database that it asks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta

import pytest

from oyez.kit import clock
from oyez.ledger.moment import database_now


def as_if_at(moment: datetime) -> AbstractContextManager[None]:
    """It stands still."""
    return as_if(lambda: moment)


@contextmanager
def as_if(now: Callable[[], datetime]) -> Iterator[None]:
    """What the database decides in its own statements goes by the real time still."""
    ours = [module for name, module in sys.modules.items() if name.startswith("oyez.")]
    asking = [one for one in ours if getattr(one, "database_now", None) is database_now]
    clock.set_reader(now)
    try:
        with pytest.MonkeyPatch.context() as patch:
            for one in asking:
                patch.setattr(one, "database_now", now)
            yield
    finally:
        clock.set_reader(None)


@contextmanager
def machine_off_by(off: timedelta) -> Iterator[None]:
    """This process alone is wrong by so much; the database is not."""
    right = clock._system
    clock.set_reader(lambda: right() + off)
    try:
        yield
    finally:
        clock.set_reader(None)

"""As if it were another time: for this process, and for the database that it asks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest

from oyez.kit import clock
from oyez.ledger.moment import database_now


@contextmanager
def as_if_at(moment: datetime) -> Iterator[None]:
    """What the database decides in its own statements goes by the real time still."""
    ours = [module for name, module in sys.modules.items() if name.startswith("oyez.")]
    asking = [one for one in ours if getattr(one, "database_now", None) is database_now]
    clock.set_reader(lambda: moment)
    try:
        with pytest.MonkeyPatch.context() as patch:
            for one in asking:
                patch.setattr(one, "database_now", lambda: moment)
            yield
    finally:
        clock.set_reader(None)

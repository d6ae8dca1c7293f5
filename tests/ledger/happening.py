"""Things that happen, and are only recorded."""

from __future__ import annotations

from oyez.emergency.events import RESUMED
from oyez.emergency.models import Stop
from oyez.ledger.actor import Actor
from oyez.ledger.acts import act
from tests.factories import BY


def things_happen(count: int = 3, *, by: Actor = BY, first: int = 1) -> None:
    for number in range(first, first + count):
        with act(RESUMED, on=Stop(pk=number), by=by, why=f"Storm {number} is over"):
            pass

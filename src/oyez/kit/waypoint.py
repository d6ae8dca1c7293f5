"""Where could it break? Named points on the way of a delivery, at which the fault tests strike.

In the product a waypoint does nothing. The names are part of the promise in docs/architecture.md.
"""

from __future__ import annotations

from collections.abc import Callable

CLAIMED = "the worker has the job"
SENDING = "the row says sending"
RECEIPT = "the network has answered, nothing is saved"
RENEWED = "the network has given new tokens, nothing is saved"


def _nothing(point: str) -> None:
    return


_strike: Callable[[str], None] = _nothing


def reach(point: str) -> None:
    """Say that execution is here."""
    _strike(point)


def set_strike(strike: Callable[[str], None] | None) -> None:
    """What a fault test does at a point; None means nothing."""
    global _strike
    _strike = strike or _nothing

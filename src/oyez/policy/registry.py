"""Which checks are there, and which are only planned? One line each, by id."""

from __future__ import annotations

from oyez.policy.contract import Check

CHECKS: tuple[Check, ...] = ()


def by_id(check: str) -> Check | None:
    """The check of this id, if it is built."""
    return next((one for one in CHECKS if one.id == check), None)

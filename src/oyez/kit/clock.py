"""What time is it? The one place that asks, so that tests can answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime


def _system() -> datetime:
    return datetime.now(UTC)


_read: Callable[[], datetime] = _system


def now() -> datetime:
    """The present moment, always in UTC. Due times are decided by the database's clock instead."""
    return _read()


def set_reader(read: Callable[[], datetime] | None) -> None:
    """Let a test or an exercise tell the time; None puts the system's clock back."""
    global _read
    _read = read or _system

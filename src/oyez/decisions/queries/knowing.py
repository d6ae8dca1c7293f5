"""What must a check know besides the words? Gathered once for a look at a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.conf import settings

from oyez.kit import clock
from oyez.policy.contract import Context, Level


@dataclass(frozen=True, slots=True)
class Known:
    """The context, and the levels this organisation has changed (None: switched off)."""

    context: Context
    levels: Mapping[str, Level | None] = field(default_factory=dict)


def known_now() -> Known:
    """Everything the checks may need, as it stands at this moment."""
    return Known(Context(now=clock.now(), zone=settings.TIME_ZONE))

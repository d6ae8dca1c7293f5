"""When did whoever uses this browser last prove who they are? Kept in their session."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest

from oyez.kit import clock

FRESH = timedelta(minutes=15)
_AT = "oyez_proved_at"


def note(request: HttpRequest) -> None:
    """They have proved it this moment."""
    request.session[_AT] = clock.now().isoformat()


def is_fresh(request: HttpRequest) -> bool:
    """Within the last 15 minutes? A session that says nothing of it is not."""
    said: str = request.session.get(_AT, "")
    return bool(said) and timedelta(0) <= clock.now() - datetime.fromisoformat(said) <= FRESH

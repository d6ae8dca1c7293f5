"""When and how did whoever uses this browser last prove who they are? Kept in their session."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.http import HttpRequest

from oyez.kit import clock

FRESH = timedelta(minutes=15)
_AT, _HOW = "oyez_proved_at", "oyez_proved_how"


def note(request: HttpRequest, how: Iterable[str]) -> None:
    """They have proved it this moment, so: "link", "password", "mfa"."""
    request.session[_AT] = clock.now().isoformat()
    request.session[_HOW] = list(how)


def is_fresh(request: HttpRequest) -> bool:
    """Within the last 15 minutes? A session that says nothing of it is not."""
    said: str = request.session.get(_AT, "")
    return bool(said) and timedelta(0) <= clock.now() - datetime.fromisoformat(said) <= FRESH


def was(request: HttpRequest, how: str) -> bool:
    """Was the latest proof, still fresh, one of this kind?"""
    return is_fresh(request) and how in request.session.get(_HOW, ())

"""When and how did whoever uses this browser last prove who they are? Kept in their session."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.http import HttpRequest

from oyez.kit import clock

FRESH = timedelta(minutes=15)
_AT, _HOW, _FACTOR = "oyez_proved_at", "oyez_proved_how", "oyez_factor"
_PASSKEY = "oyez_passkey"
FACTORS = frozenset({"app", "recovery code", "passkey", "provider factor"})
ELSEWHERE = frozenset({"provider", "provider factor"})


def note(request: HttpRequest, how: Iterable[str], *, at: str | None = None) -> None:
    """They have proved it so: "link", "password", "app", "passkey", … `at`: when, if not this
    moment; empty: nobody knows, so it is not fresh.
    """
    request.session[_AT] = clock.now().isoformat() if at is None else at
    request.session[_HOW] = list(how)
    if FACTORS & set(request.session[_HOW]):
        note_factor(request, passkey="passkey" in request.session[_HOW])


def note_factor(request: HttpRequest, *, passkey: bool = False) -> None:
    """This browser has shown a second factor, or is where it was set up."""
    request.session[_FACTOR] = True
    if passkey:
        request.session[_PASSKEY] = True


def has_factor(request: HttpRequest) -> bool:
    return bool(request.session.get(_FACTOR))


def has_passkey(request: HttpRequest) -> bool:
    return bool(request.session.get(_PASSKEY))


def is_fresh(request: HttpRequest) -> bool:
    """Within the last 15 minutes? A session that says nothing of it is not."""
    said: str = request.session.get(_AT, "")
    return bool(said) and timedelta(0) <= clock.now() - datetime.fromisoformat(said) <= FRESH


def was(request: HttpRequest, how: str) -> bool:
    """Was the latest proof, still fresh, one of this kind?"""
    return is_fresh(request) and how in request.session.get(_HOW, ())

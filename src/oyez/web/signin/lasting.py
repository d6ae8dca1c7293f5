"""How long does a session last? Not beyond an idle hour, and not beyond a working day, whatever is
done in it (ASVS 5.0 §7.3, NIST SP 800-63B-4 §2.2.3): settings say how long each is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from oyez.kit import clock
from oyez.people import actions

_BEGAN, _SEEN = "oyez_began_at", "oyez_seen_at"
OFTEN = timedelta(minutes=1)  # no row is written for less


class Lasting:
    """Middleware: ends a session that is over, so that the door is asked again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> None:
        """A page for all asks nobody who they are."""
        if getattr(view, "login_required", True) and request.user.is_authenticated:
            _look(request, clock.now())


def _look(request: HttpRequest, now: datetime) -> None:
    """On a full disk nothing is noted: a page that only shows should still show."""
    began, seen = _at(request, _BEGAN, now), _at(request, _SEEN, now)
    if now - began > _longest() or now - seen > _idlest():
        logout(request)
    elif (_SEEN not in request.session or now - seen >= OFTEN) and not settings.OYEZ.disk().full:
        request.session[_SEEN] = now.isoformat()
        request.session.setdefault(_BEGAN, now.isoformat())
        actions.seen(request.session.session_key or "")


def begin(request: HttpRequest) -> None:
    """It begins now."""
    request.session[_BEGAN] = request.session[_SEEN] = clock.now().isoformat()


def _at(request: HttpRequest, name: str, now: datetime) -> datetime:
    said = request.session.get(name)
    return datetime.fromisoformat(said) if said else now


def _longest() -> timedelta:
    return timedelta(hours=settings.OYEZ.session_hours)


def _idlest() -> timedelta:
    return timedelta(minutes=settings.OYEZ.idle_minutes)

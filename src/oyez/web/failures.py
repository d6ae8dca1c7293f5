"""What do we say when something breaks? What it means, what to do, and nothing of our insides.

Not found, forbidden and a stale form need no wiring: Django finds 404.html, 403.html, 400.html and
403_csrf.html by name. The project's urls.py says `handler500 = "oyez.web.failures.broken"`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string

from oyez.ledger.actor import Refusal

Asked, Thing = TypeVar("Asked"), TypeVar("Thing")

TRY_AGAIN_AFTER = 15
"""Seconds. The supervisor brings a dead database back in two to four."""


def broken(request: HttpRequest) -> HttpResponse:
    """The page after an error of ours: 503 while the database is away, else 500."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return HttpResponse(
            render_to_string("503.html"), status=503, headers={"Retry-After": str(TRY_AGAIN_AFTER)}
        )
    return HttpResponse(render_to_string("500.html"), status=500)


def found(ask: Callable[[Asked], Thing], name: Asked) -> Thing:
    """The thing of this name or number; where the query refuses, "Page not found"."""
    try:
        return ask(name)
    except Refusal as none:
        raise Http404(str(none)) from none

"""What do we say when something breaks? What it means, what to do, and nothing of our insides.

A stale form needs no wiring: Django finds 403_csrf.html by name. The project's urls.py names the
others as handler400, handler403, handler404 and handler500.

Under ASGI Django draws these pages in a thread that no request owns and nobody tidies, so each lets
its database connection go: one left open there would be dead after the database restarts.
"""

from __future__ import annotations

import errno
import logging
import sys
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

import psycopg
from django.conf import settings
from django.db import InterfaceError, OperationalError, connections
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults

from oyez.ledger.actor import Refusal

log = logging.getLogger(__name__)

Asked = TypeVar("Asked")
Thing = TypeVar("Thing")

Page = Callable[..., HttpResponse]

TRY_AGAIN_AFTER = 15
"""Seconds. The supervisor brings a dead database back in two to four."""


def tidy(page: Page) -> Page:
    """The page, with the connection of the thread that drew it let go."""

    @wraps(page)
    def draw(*args: object, **kwargs: object) -> HttpResponse:
        try:
            return page(*args, **kwargs)
        finally:
            for connection in connections.all(initialized_only=True):
                if not connection.in_atomic_block:
                    connection.close_if_unusable_or_obsolete()

    return draw


@tidy
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for who may not, and a line in the log: who tried what."""
    who = getattr(getattr(request, "user", None), "pk", None)
    log.warning("Forbidden: %s %s to person %s", request.method, request.path, who)
    return defaults.permission_denied(request, exception)


@tidy
def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for what nobody can read; to draw it, it is not read once more."""
    request._mark_post_parse_error()  # type: ignore[attr-defined]
    return defaults.bad_request(request, exception)


not_found = tidy(defaults.page_not_found)


@tidy
def broken(request: HttpRequest) -> HttpResponse:
    """The page after an error of ours: 507 on a full disk, 503 while the database is away, else
    500.
    """
    error, later = sys.exc_info()[1], {"Retry-After": str(TRY_AGAIN_AFTER)}
    if _no_space(error):
        log.warning("No space on the disk for: %s %s", request.method, request.path)
        return HttpResponse(render_to_string("507.html"), status=507, headers=later)
    if isinstance(error, OperationalError | InterfaceError):
        return HttpResponse(render_to_string("503.html"), status=503, headers=later)
    return HttpResponse(render_to_string("500.html"), status=500)


def _no_space(error: BaseException | None) -> bool:
    """A database that ends on a full disk says so to nobody: then the disk is asked."""
    if isinstance(error, OSError):
        return error.errno == errno.ENOSPC
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    said = isinstance(error.__cause__, psycopg.errors.DiskFull)
    return said or bool(settings.OYEZ.disk().full)


def found(ask: Callable[[Asked], Thing], name: Asked) -> Thing:
    """The thing of this name or number; where the query refuses, "Page not found"."""
    try:
        return ask(name)
    except Refusal as none:
        raise Http404(str(none)) from none

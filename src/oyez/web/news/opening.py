"""Is our page open to everybody? Once the house knows its public address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from oyez.web.guard import open_to_all

View = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    """Stands above a public page. Without a public address it is shown to people of the house
    alone: what is public under an address that changes cannot be cited.
    """

    @wraps(view)
    def answer(request: HttpRequest, **kwargs: str) -> HttpResponseBase:
        if settings.OYEZ.url or request.user.is_authenticated:
            return view(request, **kwargs)
        return page(request, "news/closed.html", status=404)

    return open_to_all(answer)


def page(
    request: HttpRequest, template: str, *, status: int = 200, **context: object
) -> HttpResponse:
    """No Django messages here: they are for staff, and reading them would mark the page private."""
    known = {
        "private": not settings.OYEZ.url,
        "host": settings.OYEZ.public_host,
        "messages": (),
    }
    return render(request, template, {**known, **context}, status=status)

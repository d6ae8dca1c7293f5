"""What have we published? Open to all, once the house knows its public address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from oyez.deliveries import queries as deliveries
from oyez.web.guard import open_to_all

A_PAGE = 20
View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """Stands above a public page. Without a public address it is shown to people of the house
    alone: what is public under an address that changes cannot be cited.
    """

    @wraps(view)
    def answer(request: HttpRequest, **kwargs: str) -> HttpResponse:
        if settings.OYEZ.url or request.user.is_authenticated:
            return view(request, **kwargs)
        return _page(request, "news/closed.html", status=404)

    return open_to_all(answer)


@require_safe
@public
def list_(request: HttpRequest) -> HttpResponse:
    """Everything published, newest first."""
    page = Paginator(deliveries.published(), A_PAGE).get_page(request.GET.get("page"))
    return _page(request, "news/list.html", page=page)


@require_safe
@public
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One message, at the address its receipt names."""
    found = deliveries.published().filter(key=key).first()
    if not found:
        raise Http404
    return _page(request, "news/one.html", message=found)


def _page(
    request: HttpRequest, template: str, *, status: int = 200, **context: object
) -> HttpResponse:
    """No Django messages here: they are for staff, and reading them would mark the page private."""
    known = {
        "private": not settings.OYEZ.url,
        "host": settings.OYEZ.public_host,
        "messages": (),
    }
    return render(request, template, {**known, **context}, status=status)

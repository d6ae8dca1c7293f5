"""What have we published? Open to all, once the house knows its public address."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from oyez.deliveries import queries as deliveries
from oyez.web.news.opening import page, public
from oyez.web.news.pictures import shown

A_PAGE = 20


@require_safe
@public
def list_(request: HttpRequest) -> HttpResponse:
    """Everything published, newest first."""
    some = Paginator(deliveries.published(), A_PAGE).get_page(request.GET.get("page"))
    rows = [(message, shown(message)) for message in some]
    return page(request, "news/list.html", page=some, rows=rows)


@require_safe
@public
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One message, at the address its receipt names."""
    found = deliveries.published().filter(key=key).first()
    if not found:
        return _gone(request, key)
    return page(request, "news/one.html", message=found, pictures=shown(found))


def _gone(request: HttpRequest, key: str) -> HttpResponse:
    """Taken down is said, and differs from never there."""
    before = deliveries.taken_down_from_our_own().filter(key=key).first()
    if not before:
        raise Http404
    return page(request, "news/gone.html", status=410, at=before.taken_down_at)

"""Which messages are there, and what became of one?"""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from oyez.deliveries import queries as deliveries
from oyez.posts import queries as posts
from oyez.web.failures import found
from oyez.web.messages import listing, showing

A_PAGE = 25


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """Newest first; `?show=` picks those with a delivery in some state."""
    chosen = listing.chosen(request.GET.get("show", ""))
    page = Paginator(deliveries.messages(chosen.states), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": listing.tabs(chosen),
        "rows": listing.rows(page.object_list),
        "page": page,
        "chosen": chosen,
    }
    return render(request, "messages/list.html", context)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One message: its words, its time line on each channel, its record."""
    post = found(posts.one, pk)
    context = {
        "title": listing.title(post),
        "origin": showing.origin(post),
        "post": post,
        "ways": showing.ways(post, request),
        "left_out": showing.left_out(post),
        "record": showing.record(post),
    }
    return render(request, "messages/show.html", context)

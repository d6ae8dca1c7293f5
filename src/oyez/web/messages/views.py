"""Which messages are there, and what became of one?"""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from oyez.deliveries import queries as deliveries
from oyez.posts import queries as posts
from oyez.web.failures import found
from oyez.web.messages import keeping, listing, pairing, showing, standing
from oyez.web.messages.states import DRAFTS
from oyez.web.messages.talking import talk

A_PAGE = 25


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """Newest first; `?show=` picks those with a delivery in some state."""
    chosen = listing.chosen(request.GET.get("show", ""))
    wanted = posts.drafts() if chosen is DRAFTS else deliveries.messages(chosen.states)
    page = Paginator(wanted, A_PAGE).get_page(request.GET.get("page"))
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
        "doors": keeping.doors(post, request),
        "can_be_undone": keeping.can_be_undone(post),
        "pair": pairing.context(post, request),
        "talk": talk(post, request),
        **standing.context(post, request),
    }
    return render(request, "messages/show.html", context)

"""What needs me now, what goes out next, and is all well? The first page, in one look."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from oyez.web.home import cards, needs_you
from oyez.web.home.first_steps import first_steps

MOST = 7
ALL = 200


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Each part is asked for alone: one that cannot be had says so, the others stand."""
    context = {
        "needs": cards.part("needs", needs_you.rows, request, MOST),
        "today": cards.part("today", cards.going_out_today),
        "next": cards.part("next", cards.going_out_next),
        "channels": cards.part("channels", cards.channels_card),
        "feeds": cards.part("feeds", cards.feeds_card),
        "lately": cards.part("lately", cards.published_lately),
        "first_steps": cards.part("first_steps", first_steps, request),
    }
    return render(request, "home/show.html", {**context, "sentence": cards.sentence(context)})


@require_safe
def needs(request: HttpRequest) -> HttpResponse:
    """Everything that needs somebody, not the seven most urgent alone."""
    return render(request, "home/needs.html", {"needs": needs_you.rows(request, ALL)})

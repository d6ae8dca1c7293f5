"""Which feeds are there, and what became of each item of one?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from oyez.decisions import queries as decisions
from oyez.deliveries import queries as deliveries
from oyez.feeds import events, queries
from oyez.kit import clock
from oyez.web.feeds import history, words
from oyez.web.rights import may

if TYPE_CHECKING:
    from oyez.feeds.models import Feed

A_PAGE = 20
LOOKED_AT = 500
"""How many of the newest items the history looks through."""


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """Every feed: how far it is trusted, where it goes, and how it is."""
    silent = {feed.pk for feed in queries.silent(clock.now())}
    feeds = list(queries.feeds().prefetch_related("targets__channel"))
    rows = [words.row(feed, reverse("feeds:show", args=[feed.pk]), silent) for feed in feeds]
    context = {
        "rows": rows,
        "state": words.state([feed for feed in feeds if feed.state == "active"]),
        "may_add": may(request, events.ADDED),
    }
    return render(request, "feeds/list.html", context)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One feed: its rule, who decided on it, when it is read, and the fate of its items."""
    feed = get_object_or_404(queries.feeds().prefetch_related("targets__channel"), pk=pk)
    silent = {each.pk for each in queries.silent(clock.now())}
    newest = list(queries.items(feed)[:LOOKED_AT])
    fates = deliveries.fate(newest)
    group = history.asked_for(request)
    found = [item for item in newest if group.has(fates[item.pk])]
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "feed": feed,
        "mark": words.mark(feed, silent),
        "sentence": words.trusted(feed) + ".",
        "trouble": words.trouble(feed) if feed.problem else "",
        "quiet": words.quiet(feed) if feed.pk in silent else "",
        "rule": words.rule_facts(feed, queries.standing_decision(feed)),
        "checks": words.check_facts(feed),
        "tabs": history.tabs(request.path, group, fates.values()),
        "rows": history.rows(list(page), fates),
        "page": page,
        "more": len(newest) == LOOKED_AT,
        "may": may(request, events.CHANGED, feed),
        "levels": [(level, says) for level, says in words.TO_LEVEL.items() if level != feed.trust],
        "asks_a_second": _asks_a_second(feed),
    }
    return render(request, "feeds/show.html", context)


def _asks_a_second(feed: Feed) -> bool:
    """Does it post by itself, to a channel that asks for somebody, without a second yes?"""
    if feed.trust != words.AUTOMATIC or feed.confirmed_by:
        return False
    return bool(decisions.steps_for(target.channel for target in feed.targets.all()))

"""What are we asked to say, and what is known about one request?"""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from oyez.posts import queries as posts
from oyez.requests import events, queries, rules
from oyez.web.failures import found
from oyez.web.messages import listing
from oyez.web.requests import answering, words
from oyez.web.rights import may

A_PAGE = 25


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """Those that wait, by deadline; `?show=` picks the accepted or the finished ones."""
    view = words.view(request.GET.get("show", ""))
    page = Paginator(queries.in_state(*view.states), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "sentence": words.sentence(),
        "tabs": words.tabs(view),
        "rows": [words.row(asked) for asked in page.object_list],
        "page": page,
        "view": view,
    }
    return render(request, "requests/list.html", context)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One request with everything that was said, and what can be done about it."""
    asked = found(queries.one, pk)
    may_answer = may(request, events.ACCEPTED)
    context = {
        "asked": asked,
        "title": queries.title(asked),
        "mark": words.mark(asked),
        "facts": words.facts(asked, with_person=may_answer),
        "steps": words.steps(asked),
        "may_answer": may_answer,
        "status_page": request.build_absolute_uri(reverse("ask:status", args=[asked.code])),
        "next": {state: rules.may_become(asked.state, state) for state in rules.LIFE},
        "write": answering.writing(asked),
        "made": listing.rows(posts.made_of(asked)),
    }
    return render(request, "requests/show.html", context)

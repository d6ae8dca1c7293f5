"""How does a one-time link let somebody in? Only a pressed button uses it up."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from oyez.ledger.actor import Refusal
from oyez.people import actions, queries
from oyez.web.guard import open_to_all
from oyez.web.problems import Problem
from oyez.web.signin import there
from oyez.web.signin.entering import enter


@require_safe
@open_to_all
def get(request: HttpRequest) -> HttpResponse:
    """How to get one."""
    return there.remember(request, render(request, "signin/link.html"))


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def use(request: HttpRequest, token: str) -> HttpResponse:
    """A mail scanner's GET shows a button and uses nothing up; the button signs in."""
    if request.method != "POST" and queries.usable_link(token):
        return render(request, "signin/use.html")
    try:
        person = actions.use_link(token)
    except Refusal:
        said = _("This link has been used or is over 15 minutes old. Ask for a new one.")
        context = {"problems": [Problem(said)]}
        return render(request, "signin/link.html", context, status=422)
    return enter(request, person, "link")

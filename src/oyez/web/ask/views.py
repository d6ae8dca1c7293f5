"""How does somebody ask us to say something, and learn what became of it? Open to all."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from oyez.deliveries import outside
from oyez.people.rules import public
from oyez.requests import actions, queries, rules
from oyez.web.ask import telling
from oyez.web.ask.forms import FORMS, AskForm
from oyez.web.failures import found
from oyez.web.guard import open_to_all
from oyez.web.parts import Tab
from oyez.web.requests import words
from oyez.web.rights import me


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def ask(request: HttpRequest) -> HttpResponse:
    """The form. What was sent well leads to the page that will say what became of it."""
    signed_in = request.user.is_authenticated
    if not (settings.OYEZ.public_requests or signed_in):
        return _page(request, "ask/closed.html", status=404)
    kind = request.GET.get("kind", "")
    form = FORMS.get(kind, FORMS[rules.SAY])(request.POST or None, initial=_known(request))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = _handed_in(request, form)
                return redirect("ask:status", made)
            except actions.TooMany as why:
                form.add_error(None, str(why))
                status = 429
    return _page(request, "ask/new.html", status=status, form=form, tabs=_tabs(form.kind))


@require_safe
@open_to_all
def status(request: HttpRequest, code: str) -> HttpResponse:
    """What became of one request and of its messages, for whoever holds its address."""
    asked = found(queries.by_code, code)
    told = outside.became_of(asked)
    context: dict[str, Any] = {
        "asked": asked,
        "here": request.build_absolute_uri(reverse("ask:status", args=[code])),
        "said": words.to_asker(asked, told),
        "told": [telling.shown(one) for one in told],
        "out": any(one.state == outside.OUT for one in told),
    }
    page = _page(request, "ask/status.html", **context)
    page.headers["X-Robots-Tag"] = "noindex, nofollow"
    page.headers["Cache-Control"] = "private, no-store"
    return page


def _handed_in(request: HttpRequest, form: AskForm) -> str:
    """Hand it in, as the person who is signed in or as the form; the code of its page."""
    if request.user.is_authenticated:
        return actions.ask(form.asked(), by=me(request)).code
    sender = request.META.get("REMOTE_ADDR") or "unknown"
    return actions.ask(form.asked(), by=public(), sender=sender).code


def _known(request: HttpRequest) -> dict[str, str]:
    if not request.user.is_authenticated:
        return {}
    return {"from_name": request.user.name, "from_email": request.user.email}


def _tabs(kind: str) -> list[Tab]:
    here = reverse("ask:new")
    return [
        Tab(_("Say something new"), here, kind == rules.SAY),
        Tab(_("Boost a message"), f"{here}?kind={rules.BOOST}", kind == rules.BOOST),
    ]


def _page(
    request: HttpRequest, template: str, *, status: int = 200, **context: object
) -> HttpResponse:
    """No Django messages here: they are for staff."""
    known = {"host": settings.OYEZ.public_host, "messages": ()}
    return render(request, template, {**known, **context}, status=status)

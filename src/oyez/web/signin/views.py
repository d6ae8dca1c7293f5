"""How does somebody get in and out? By a one-time link, which only a pressed button uses up."""

from __future__ import annotations

from django.contrib.auth import REDIRECT_FIELD_NAME, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oyez.ledger.actor import Refusal
from oyez.people import actions, queries
from oyez.people.rules import LINK_LASTS
from oyez.web import proof
from oyez.web.guard import open_to_all
from oyez.web.problems import Problem

BACKEND = "django.contrib.auth.backends.ModelBackend"
HOME = "/"
THERE = "oyez_there"
"""A cookie: where they were going before they had to fetch a link. Trusted as little as a query."""


@require_safe
@open_to_all
def ask(request: HttpRequest) -> HttpResponse:
    """How to get a link. Somebody who is already in goes on to where they were going."""
    there = _ours(request, request.GET.get(REDIRECT_FIELD_NAME, ""))
    if request.user.is_authenticated:
        return redirect(there)
    return _asked(request, "signin/ask.html", there)


@require_safe
def again(request: HttpRequest) -> HttpResponse:
    """Somebody who is in must prove anew who they are, and goes on to where they were going."""
    there = _ours(request, request.GET.get(REDIRECT_FIELD_NAME, ""))
    if proof.is_fresh(request):
        return redirect(there)
    return _asked(request, "signin/again.html", there)


def _asked(request: HttpRequest, template: str, there: str) -> HttpResponse:
    page = render(request, template)
    if there != HOME:
        page.set_cookie(
            THERE, there, LINK_LASTS, httponly=True, secure=request.is_secure(), samesite="Lax"
        )
    return page


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def use(request: HttpRequest, token: str) -> HttpResponse:
    """A mail scanner's GET shows a button and uses nothing up; the button signs in."""
    if request.method != "POST" and queries.usable_link(token):
        return render(request, "signin/use.html")
    try:
        person = actions.sign_in(token)
    except Refusal as why:
        context = {"problems": [Problem(str(why))]}
        return render(request, "signin/ask.html", context, status=422)
    login(request, person, backend=BACKEND)
    proof.note(request)
    onward = redirect(_ours(request, request.COOKIES.get(THERE, "")))
    onward.delete_cookie(THERE)
    return onward


@require_POST
def out(request: HttpRequest) -> HttpResponse:
    """End the session in this browser."""
    logout(request)
    return redirect("signin:ask")


def _ours(request: HttpRequest, there: str) -> str:
    """The page they were going to, if it is one of ours; else Home. Without its slash in front it
    would be the name of a view to Django.
    """
    ours = url_has_allowed_host_and_scheme(there, {request.get_host()}, request.is_secure())
    return there if ours and there.startswith("/") else HOME

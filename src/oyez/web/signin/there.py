"""Where were they going before they had to sign in? A cookie says, trusted as little as a query."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from oyez.people.rules import LINK_LASTS

HOME = "/"
COOKIE = f"{settings.COOKIE_PREFIX}oyez_there"


def asked(request: HttpRequest) -> str:
    """The page of ours that the address names; else Home."""
    return ours(request, request.GET.get(REDIRECT_FIELD_NAME, ""))


def remembered(request: HttpRequest) -> str:
    return ours(request, request.COOKIES.get(COOKIE, ""))


def remember(request: HttpRequest, page: HttpResponse) -> HttpResponse:
    """The page, with where they are going: they may have to fetch a link from elsewhere first."""
    if (there := asked(request)) != HOME:
        secure, lasts = request.is_secure(), LINK_LASTS
        page.set_cookie(COOKIE, there, lasts, httponly=True, secure=secure, samesite="Lax")
    return page


def forget(page: HttpResponse) -> HttpResponse:
    page.delete_cookie(COOKIE)
    return page


def ours(request: HttpRequest, there: str) -> str:
    """The page they were going to, if it is one of ours; else Home. Without its slash in front it
    would be the name of a view to Django.
    """
    known = url_has_allowed_host_and_scheme(there, {request.get_host()}, request.is_secure())
    return there if known and there.startswith("/") else HOME

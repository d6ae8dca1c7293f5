"""Who may see a page, and what may a page load? Strict answers, unless a view says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from oyez.web import proof

View = Callable[..., HttpResponseBase]

open_to_all = login_not_required
"""Stands above a view that anybody may see. Every other view needs a signed-in person."""

REPORTS = "/content-security-reports"
CONTENT_SECURITY = "; ".join(
    (
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "media", "connect", "font")),
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        f"report-uri {REPORTS}",
        "report-to reports",
    )
)
"""No inline script or style, nothing from elsewhere, no frame round us; and it tells us what it
refused. No trusted types: htmx writes HTML by itself.
"""

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY,
    "Reporting-Endpoints": f'reports="{REPORTS}"',
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class SignedInUnlessOpen(LoginRequiredMiddleware):  # type: ignore[misc,unused-ignore]
    """Sends a stranger to the sign-in page and, once signed in, back to where they were going.

    htmx is answered with HX-Redirect, so that the whole page goes and not a part of it.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """A page for all asks nobody who they are: it is the same for all and fit for caches."""
        if not getattr(view_func, "login_required", True):
            return None
        answer: HttpResponseBase | None = super().process_view(
            request, view_func, view_args, view_kwargs
        )
        return answer

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseRedirect:
        return led_to(resolve_url(self.get_login_url(view_func)), request)


def freshly(view: View) -> View:
    """Stands above a view that only those may see who proved who they are within the last 15
    minutes: the others are led to do so, and come back. What a form held is not kept.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not proof.is_fresh(request):
            return led_to(reverse("signin:again"), request)
        return view(request, *args, **kwargs)

    return answer


def led_to(page: str, request: HttpRequest) -> HttpResponseRedirect:
    """To a page of ours, from which they come back."""
    there = redirect_to_login(where_they_were(request), page)
    if request.headers.get("HX-Request") == "true":
        there.status_code = 200
        there.headers["HX-Redirect"] = there.headers["Location"]
        del there.headers["Location"]
    return there


def where_they_were(request: HttpRequest) -> str:
    """The page to return to: the one asked for, or the one whose form was sent; else Home."""
    if request.method in {"GET", "HEAD"} and request.headers.get("HX-Request") != "true":
        return request.get_full_path()
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure()):
        return "/"
    parts = urlsplit(page)
    path = f"/{parts.path.lstrip('/')}"  # with two slashes it would name another host
    return f"{path}?{parts.query}" if parts.query else path


class ContentSecurity:
    """Puts the security headers on every answer, and keeps signed-in pages out of every cache."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        session = getattr(request, "session", None)
        if session is not None and session.accessed:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

"""Who must set up a second factor before anything else? Whoever can publish, connect or let people
in, as soon as the house is real (ADR 15).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from oyez.channels import queries as channels
from oyez.people import factors
from oyez.web import proof
from oyez.web.guard import View, led_to

AnyView = TypeVar("AnyView", bound=Callable[..., HttpResponseBase])


def without_factor(view: AnyView) -> AnyView:
    """Stands above a view that somebody needs who has still to set one up."""
    view.without_factor = True  # type: ignore[attr-defined]
    return view


def with_factor(view: View) -> View:
    """Stands above a view for which a second factor is needed also in a practice house."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if lacks_factor(request):
            return led_to(reverse("account:factors"), request)
        return view(request, *args, **kwargs)

    return answer


class FactorFirst:
    """Middleware: leads whoever must have a second factor, and has none, to set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        for_all = not getattr(view, "login_required", True)
        if for_all or getattr(view, "without_factor", False) or not must_set_one_up(request):
            return None
        return led_to(reverse("account:factors"), request)


def must_set_one_up(request: HttpRequest) -> bool:
    return needs_one(request) and is_real() and lacks_factor(request)


def needs_one(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.needs_factor


def lacks_factor(request: HttpRequest) -> bool:
    """Asks the database only in a browser that has not shown one."""
    assert request.user.is_authenticated
    return not proof.has_factor(request) and not factors.has_one(request.user)


def is_real() -> bool:
    """Can anybody outside see this house, or what it sends?"""
    return bool(settings.OYEZ.url) or channels.real().exists()

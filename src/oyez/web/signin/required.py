"""Who must set up a second factor before anything else? Whoever can publish, connect or let people
in, as soon as the house is real; and where the house insists, a passkey (ADR 15).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from oyez.channels import queries as channels
from oyez.people import factors
from oyez.web import proof
from oyez.web.guard import View, led_to

if TYPE_CHECKING:
    from oyez.people.models import Person

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
        return led_to(_way_to_one(request), request)


def _way_to_one(request: HttpRequest) -> str:
    only = only_a_passkey(cast("Person", request.user))
    return reverse("signin:again") if only else reverse("account:factors")


def passkey_first(view: View) -> View:
    """Stands above a view that sets up a factor: who has a passkey and must come by one shows it
    before, else whoever got in without could make their own.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if only_a_passkey(cast("Person", request.user)) and not proof.has_passkey(request):
            return led_to(reverse("signin:again"), request)
        return view(request, *args, **kwargs)

    return answer


def insists(person: Person) -> bool:
    """Does this house let them do nothing until they came by a passkey?"""
    return bool(settings.OYEZ.passkeys) and person.needs_factor


def only_a_passkey(person: Person) -> bool:
    """They have one, and nothing else counts: no code of an app, no recovery code, and no factor of
    a provider, since all of these can be phished.
    """
    return insists(person) and factors.has_passkey(person)


def must_set_one_up(request: HttpRequest) -> bool:
    return needs_one(request) and is_real() and lacks_factor(request)


def needs_one(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.needs_factor


def lacks_factor(request: HttpRequest) -> bool:
    """Asks the database only in a browser that has not shown one."""
    assert request.user.is_authenticated
    if insists(request.user):
        return not proof.has_passkey(request)
    return not proof.has_factor(request) and not factors.has_one(request.user)


def is_real() -> bool:
    """Can anybody outside see this house, or what it sends?"""
    return bool(settings.OYEZ.url) or channels.real().exists()

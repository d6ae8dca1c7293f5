"""Who is asking, may they, and what do we tell them when the house says no?"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.events import Kind
from oyez.web.languages.speaking import ENGLISH

View = Callable[..., HttpResponseBase]


def me(request: HttpRequest) -> Actor:
    """The signed-in person, as the one who acts."""
    return cast("Actor", request.user)


def may(request: HttpRequest, kind: Kind) -> bool:
    """May the signed-in person make this happen? Decides which buttons a page shows."""
    return me(request).may(kind.name, None)


def needs(kind: Kind) -> Callable[[View], View]:
    """Stands above a view that only those may see who may make `kind` happen; else 403."""

    def guarded(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not may(request, kind):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return answer

    return guarded


def tell(request: HttpRequest, do: Callable[[], str]) -> bool:
    """Do it and say on the next page what it answered, or why the house refused."""
    try:
        messages.success(request, do())
    except Refusal as refusal:
        messages.error(request, str(refusal), ENGLISH)
        return False
    return True

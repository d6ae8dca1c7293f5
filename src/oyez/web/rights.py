"""Who is asking, may they, and what do we tell them when the house says no?"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from oyez.ledger.actor import Actor, NotAllowed, Refusal
from oyez.ledger.events import Kind
from oyez.web.languages.speaking import ENGLISH

View = Callable[..., HttpResponseBase]
Find = Callable[[Any], object]
"""Finds a thing by its number; raises Refusal where there is none."""


def me(request: HttpRequest) -> Actor:
    """The signed-in person, as the one who acts, in this session."""
    person: Any = request.user
    person.session_key = getattr(getattr(request, "session", None), "session_key", "") or ""
    return cast("Actor", person)


def may(request: HttpRequest, kind: Kind, on: object = None) -> bool:
    """May the signed-in person make this happen to `on` (anywhere at all, if that is None)?
    Decides which buttons a page shows.
    """
    return me(request).may(kind.name, on)


def needs(kind: Kind, of: Find | None = None) -> Callable[[View], View]:
    """Stands above a view that only those may see who may make `kind` happen; else 403. `of` finds
    the thing that it is done to, by the number in the address.
    """

    def guarded(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not may(request, kind, _found(of, kwargs.get("pk")) if of else None):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return answer

    return guarded


def _found(of: Find, pk: Any) -> object:
    """What is not there is for the view to say."""
    try:
        return of(pk)
    except Refusal:
        return None


def tell(request: HttpRequest, do: Callable[[], str]) -> bool:
    """Do it and say on the next page what it answered, or why the house refused; 403 for who may
    not.
    """
    try:
        messages.success(request, do())
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refusal as refusal:
        messages.error(request, str(refusal), ENGLISH)
        return False
    return True

"""How does a request reach the API? Its method, its token, its body; every error is JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict

from oyez.practice import queries
from oyez.practice.models import Account

Handler = Callable[..., HttpResponse]


class Wrong(Exception):
    """What the API answers instead: a status and one sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def endpoint(**handlers: Handler) -> Handler:
    """A view of one address: `endpoint(GET=show, DELETE=remove)`. Handlers get (request, asker, …).

    `asker` is the account of the token; None where no token was sent. A wrong one is always 401.
    """

    def view(request: HttpRequest, **parts: Any) -> HttpResponse:
        handler = handlers.get(request.method or "")
        if handler is None:
            allowed = {"Allow": ", ".join(handlers)}
            return JsonResponse({"error": "Method not allowed"}, status=405, headers=allowed)
        try:
            return handler(request, _asker(request), **parts)
        except Wrong as wrong:
            return JsonResponse({"error": str(wrong)}, status=wrong.status)

    return view


def known(asker: Account | None) -> Account:
    """The asker of something that needs a token."""
    if asker is None:
        raise Wrong(401, "The access token is invalid")
    return asker


def _asker(request: HttpRequest) -> Account | None:
    sent = request.headers.get("Authorization", "")
    if not sent:
        return None
    scheme, _, token = sent.partition(" ")
    return known(queries.account_of(token.strip()) if scheme.lower() == "bearer" else None)


def body(request: HttpRequest) -> Mapping[str, Any]:
    """What was sent, as JSON or as a form."""
    if request.content_type != "application/json":
        return request.POST
    try:
        sent = json.loads(request.body or b"{}")
    except ValueError as error:
        raise Wrong(400, "Error occurred while parsing request parameters") from error
    if not isinstance(sent, dict):
        raise Wrong(400, "Error occurred while parsing request parameters")
    return sent


def several(sent: Mapping[str, Any], name: str) -> list[str] | None:
    """A list of ids, as JSON or as `name[]` of a form; None where it was not sent."""
    given = sent.getlist(f"{name}[]") if isinstance(sent, QueryDict) else sent.get(name)
    if given is None or (isinstance(sent, QueryDict) and not given):
        return None
    return [str(one) for one in given] if isinstance(given, list) else [str(given)]


def number(query: QueryDict, name: str) -> int | None:
    """A whole number of the query, None if it is absent. An id that cannot exist finds nothing."""
    sent = query.get(name, "")
    if not sent:
        return None
    if not (sent.isascii() and sent.isdecimal() and len(sent) < 19):
        raise Wrong(404, "Record not found")
    return int(sent)

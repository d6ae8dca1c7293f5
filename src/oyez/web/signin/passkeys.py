"""How does a browser prove that it holds a passkey? It signs a challenge that its session knows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from fido2.utils import websafe_decode

from oyez.kit import clock
from oyez.ledger.actor import Refusal
from oyez.web.signin.origin import origin

if TYPE_CHECKING:
    from oyez.people.models import Person

BAD = (ValueError, TypeError, KeyError, AttributeError, RecursionError, ValidationError)


def to_show(person: Person | None) -> dict[str, Any]:
    """What the browser must sign: with a passkey of this person, or with any of this house."""
    options: dict[str, Any] = auth.begin_authentication(person)
    return options


def to_make(person: Person) -> dict[str, Any]:
    """What the browser must make a passkey for: one that asks for a PIN or finger each time."""
    options: dict[str, Any] = auth.begin_registration(person, passwordless=True)
    return options


def shown(request: HttpRequest, said: str, person: Person | None = None) -> Person:
    """Whose passkey signed the challenge; `person`’s, where one is named. Raises Refusal."""
    with _in_words():
        response = json.loads(said)
        _is_from_us(request, response)
        who = person or auth.extract_user_from_response(response)
        row = auth.complete_authentication(who, response)
    row.last_used_at = clock.now()
    row.save(update_fields=["last_used_at"])
    return cast("Person", who)


def made(request: HttpRequest, said: str) -> dict[str, Any]:
    """The credential to keep, verified. Raises Refusal."""
    with _in_words():
        response: dict[str, Any] = json.loads(said)
        _is_from_us(request, response)
        auth.complete_registration(response)
    return response


def _is_from_us(request: HttpRequest, response: dict[str, Any]) -> None:
    """Signed on a page of this very origin: the name alone would take any port of the machine."""
    client = json.loads(websafe_decode(response["response"]["clientDataJSON"]))
    if not origin(request) or client["origin"] != origin(request) or client.get("crossOrigin"):
        raise ValueError("signed for another origin")


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except BAD as wrong:
        raise Refusal(_("The passkey was not accepted. Try again.")) from wrong
    finally:
        auth.clear_state()  # a challenge is answered once

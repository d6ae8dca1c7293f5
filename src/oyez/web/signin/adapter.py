"""What do we do otherwise than allauth? It leads through the steps; words, record and pages are
ours.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from oyez.people import actions
from oyez.web import proof
from oyez.web.signin import came_from, lasting, origin, there


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up, nothing is mailed from here, and what allauth would say is not said."""

    def get_login_stages(self) -> list[str]:
        return ["oyez.web.signin.stages.SecondFactor"]

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: object, **kwargs: object) -> None:
        """The page they come to says enough."""

    def send_mail(self, *args: object, **kwargs: object) -> None:
        raise RuntimeError("E-mail leaves the house by notices alone.")

    def respond_user_inactive(self, request: HttpRequest, user: object) -> HttpResponse:
        return redirect("signin:ask")

    def post_login(
        self, request: HttpRequest, user: Any, *, redirect_url: str | None, **rest: object
    ) -> HttpResponse:
        """The last step: they are in."""
        records = get_authentication_records(request, user)
        how = [record["method"] for record in records]
        key, where = request.session.session_key or "", came_from.address(request)
        agent = request.headers.get("User-Agent", "")
        actions.let_in(user, key, how=how, browser=agent, where=where, by=user)
        lasting.begin(request)
        proof.note(request, how, at=_shown_at(records))
        return there.forget(redirect(redirect_url or there.HOME))


def _shown_at(records: list[dict[str, Any]]) -> str | None:
    """Their sign-in at a provider may be hours old, or of a time that it does not tell; any proof
    given here is of this moment (None).
    """
    elsewhere = all(record["method"] in proof.ELSEWHERE for record in records)
    return records[-1].get("shown_at", "") if records and elsewhere else None


class PasskeyAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """A passkey is bound to the public name of the house, whatever a request calls it."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": origin.host(context.request), "name": "Oyez"}

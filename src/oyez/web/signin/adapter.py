"""What do we do otherwise than allauth? It leads through the steps; words, record and pages are
ours.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from oyez.people import actions
from oyez.web import proof
from oyez.web.signin import there


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up, nothing is mailed from here, and what allauth would say is not said."""

    def get_login_stages(self) -> list[str]:
        return []

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
        how = [record["method"] for record in get_authentication_records(request, user)]
        actions.let_in(user, how=how, by=user)
        proof.note(request, how)
        return there.forget(redirect(redirect_url or there.HOME))

"""Which steps follow the first proof? The second factor, for whoever has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.authentication import get_authentication_records
from allauth.account.stages import LoginStage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from oyez.people import factors
from oyez.web.proof import FACTORS
from oyez.web.signin.required import only_a_passkey

if TYPE_CHECKING:
    from oyez.people.models import Person


class SecondFactor(LoginStage):  # type: ignore[misc]
    """A passkey is two factors by itself: having the device, and its PIN or finger."""

    key = "second_factor"
    urlname = "signin:factor"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        person = self.login.user
        if not factors.has_one(person) or shown(self.request, person):
            return None, True
        return redirect(self.urlname), True


def shown(request: HttpRequest, person: Person) -> bool:
    """One that counts for them."""
    counts = {"passkey"} if only_a_passkey(person) else FACTORS
    records = get_authentication_records(request, person)
    return any(record["method"] in counts for record in records)

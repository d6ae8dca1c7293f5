"""Which steps follow the first proof? The second factor, for whoever has one."""

from __future__ import annotations

from allauth.account.authentication import get_authentication_records
from allauth.account.stages import LoginStage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from oyez.people import factors
from oyez.web.proof import FACTORS


class SecondFactor(LoginStage):  # type: ignore[misc]
    """A passkey is two factors by itself: having the device, and its PIN or finger."""

    key = "second_factor"
    urlname = "signin:factor"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        if not factors.has_one(self.login.user) or shown(self.request, self.login.user):
            return None, True
        return redirect(self.urlname), True


def shown(request: HttpRequest, person: object) -> bool:
    records = get_authentication_records(request, person)
    return any(record["method"] in FACTORS for record in records)

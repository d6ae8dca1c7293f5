"""How does whoever has proved something come in? Through allauth's steps, of which ours are the
ones in adapter.py.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from allauth.account.internal.flows.login import (
    clear_authentication_records,
    perform_login,
    record_authentication,
)
from allauth.account.models import Login
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from oyez.web.signin import there

if TYPE_CHECKING:
    from oyez.people.models import Person


def enter(
    request: HttpRequest,
    person: Person,
    *how: str,
    else_to: str = there.HOME,
    shown_at: datetime | None = None,
) -> HttpResponse:
    """Let them on by this proof, to where they were going, or to the next step; who was going
    nowhere goes to `else_to`. `shown_at`: when they gave it, where that was elsewhere.
    """
    if request.user.is_authenticated and request.user.pk != person.pk:
        logout(request)
    clear_authentication_records(request)
    at = shown_at.isoformat() if shown_at else ""
    for one in how:
        record_authentication(request, person, method=one, shown_at=at)
    going = there.remembered(request)
    login = Login(user=person, redirect_url=else_to if going == there.HOME else going)
    page: HttpResponse = perform_login(request, login)
    return page

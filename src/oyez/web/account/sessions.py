"""How does somebody end a session of theirs, in a browser that is not before them?"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from oyez.people import actions
from oyez.web.rights import me, tell
from oyez.web.signin.staying import stay

if TYPE_CHECKING:
    from oyez.people.models import Person


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them; the browser there is asked to sign in with its next click."""
    tell(request, lambda: _end(request, pk))
    return redirect("account:show")


def _end(request: HttpRequest, pk: int) -> str:
    actions.end_session(cast("Person", request.user), pk, by=me(request))
    return _("Ended.")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """All but this one."""
    tell(request, lambda: _end_others(request))
    return redirect("account:show")


def _end_others(request: HttpRequest) -> str:
    actions.end_sessions(cast("Person", request.user), by=me(request))
    stay(request)
    return _("You are signed out everywhere else.")

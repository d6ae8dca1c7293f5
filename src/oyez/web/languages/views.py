"""Choose a language: for oneself when signed in, and for this browser either way."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from oyez.people import actions
from oyez.people.rules import LANGUAGES
from oyez.web.guard import open_to_all, where_they_were
from oyez.web.rights import me

A_YEAR = 365 * 86_400


@require_POST
@open_to_all
def choose(request: HttpRequest) -> HttpResponse:
    """The same page again, in the language whose name was pressed."""
    back = redirect(where_they_were(request))
    language = request.POST.get("language", "")
    if language not in LANGUAGES:
        return back
    if request.user.is_authenticated:
        actions.choose_language(request.user, language, by=me(request))
    back.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        A_YEAR,
        httponly=True,
        secure=request.is_secure(),
        samesite="Lax",
    )
    return back

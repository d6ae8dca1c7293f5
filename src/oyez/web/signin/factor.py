"""The second step of signing in: a code of the app, a recovery code, or a passkey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.internal.flows.login import record_authentication
from allauth.account.stages import LoginStageController
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from oyez.ledger.actor import Refusal
from oyez.people import factors
from oyez.web.guard import open_to_all
from oyez.web.problems import Problem
from oyez.web.signin import passkeys, showing
from oyez.web.signin.entering import enter
from oyez.web.signin.forms import CodeForm
from oyez.web.signin.origin import origin
from oyez.web.signin.required import only_a_passkey
from oyez.web.signin.stages import SecondFactor

if TYPE_CHECKING:
    from oyez.people.models import Person


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def ask(request: HttpRequest) -> HttpResponse:
    """For whoever has given a first proof in this browser within the last 15 minutes."""
    stage = LoginStageController.enter(request, SecondFactor.key)
    if not stage or not stage.login.user.is_active:
        return redirect("signin:ask")
    form, person = CodeForm(request.POST or None), stage.login.user
    if request.method == "POST" and (how := showing.factor(request, person, form)):
        record_authentication(request, person, method=how)
        page: HttpResponse = stage.exit()
        return page
    context = {
        "form": form,
        "passkey": origin(request) and factors.has_passkey(person),
        "only": only_a_passkey(person),
    }
    return render(request, "signin/factor.html", context, status=422 if form.errors else 200)


@require_POST
@open_to_all
def by_passkey(request: HttpRequest) -> HttpResponse:
    """A passkey by itself lets in."""
    try:
        person = passkeys.shown(request, request.POST.get("passkey", ""))
    except Refusal as why:
        context = {"problems": [Problem(str(why))]}
        return render(request, "signin/link.html", context, status=422)
    return enter(request, person, "passkey")


@require_POST
@open_to_all
def challenge(request: HttpRequest) -> HttpResponse:
    """What a passkey must sign: that of whoever is in or half in, else any."""
    return JsonResponse(passkeys.to_show(_who(request)))


def _who(request: HttpRequest) -> Person | None:
    if request.user.is_authenticated:
        return request.user
    stage = LoginStageController.enter(request, SecondFactor.key)
    return stage.login.user if stage else None

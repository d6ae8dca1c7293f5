"""How does somebody who is in show anew that it is them? By their second factor where they have
one, else by their password; a fresh link always does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from oyez.people import factors, providers
from oyez.people.issuers import Issuer
from oyez.web import proof
from oyez.web.signin import oidc, showing, there
from oyez.web.signin.forms import AgainForm, CodeForm
from oyez.web.signin.origin import origin
from oyez.web.signin.required import only_a_passkey, without_factor
from oyez.web.signin.staying import stay

if TYPE_CHECKING:
    from oyez.people.models import Person


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@without_factor
def again(request: HttpRequest) -> HttpResponse:
    """They go on where they were going."""
    person = cast("Person", request.user)
    only = only_a_passkey(person)
    unshown = only and not proof.has_passkey(request)
    if request.method != "POST" and proof.is_fresh(request) and not unshown:
        return redirect(there.asked(request))
    has_factor = factors.has_one(person)
    form = (CodeForm if has_factor else AgainForm)(request.POST or None)
    if request.method == "POST" and (how := _shown(request, person, form)):
        stay(request)
        proof.note(request, [how])
        return there.forget(redirect(there.remembered(request)))
    context = {
        "form": form,
        "passkey": has_factor and origin(request) and factors.has_passkey(person),
        "asks": has_factor or person.has_usable_password(),
        "providers": [] if only else _providers(person, has_factor=has_factor),
        "only": only,
    }
    page = render(request, "signin/again.html", context, status=422 if form.errors else 200)
    return there.remember(request, page)


def _providers(person: Person, *, has_factor: bool) -> list[Issuer]:
    """Those where an account is linked and which can ask anew: for two factors, where a second one
    is asked for here.
    """
    linked = set(providers.links(person).values_list("provider", flat=True))
    return [
        one
        for one in providers.every()
        if one.url in linked and oidc.asks_anew(one) and (one.asks_factor or not has_factor)
    ]


def _shown(request: HttpRequest, person: Person, form: AgainForm | CodeForm) -> str:
    if isinstance(form, CodeForm):
        return showing.factor(request, person, form)
    return "password" if form.is_valid() and showing.password(request, form, "password") else ""

"""Coming in with an account at a provider: off to it, and back. Always begun by a pressed button: a
page of somebody else's could not link its own account to ours.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from oyez.kit.addresses import network_of
from oyez.ledger.actor import Refusal
from oyez.people import actions, factors, limits, providers, tries
from oyez.people.issuers import Issuer
from oyez.people.rules import door
from oyez.people.tokens import Wrong
from oyez.people.tries import TooMany
from oyez.web import proof
from oyez.web.guard import freshly, open_to_all
from oyez.web.rights import me
from oyez.web.signin import came_from, oidc, there, words
from oyez.web.signin.entering import enter
from oyez.web.signin.oidc import Answer
from oyez.web.signin.required import only_a_passkey, without_factor
from oyez.web.signin.staying import stay

if TYPE_CHECKING:
    from oyez.people.models import Person

log = logging.getLogger(__name__)


@require_POST
@open_to_all
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Off to the provider, to come in."""
    return _onward(request, slug, oidc.IN)


@require_POST
@without_factor
def again(request: HttpRequest, slug: str) -> HttpResponse:
    """Off to it, to show anew that it is them."""
    return _onward(request, slug, oidc.AGAIN)


@require_POST
@without_factor
@freshly
def link(request: HttpRequest, slug: str) -> HttpResponse:
    """Off to it, to come in by it from then on."""
    return _onward(request, slug, oidc.LINK)


def _onward(request: HttpRequest, slug: str, purpose: str) -> HttpResponse:
    """By a page of ours that goes on by itself: what a form leads to must stay with us (CSP)."""
    issuer = _issuer(slug)
    try:
        address = oidc.begin(request, issuer, purpose)
    except Wrong as wrong:
        return _failed(request, issuer, wrong)
    return render(request, "signin/onward.html", {"address": address, "name": issuer.name})


@require_safe
@open_to_all
def back(request: HttpRequest, slug: str) -> HttpResponse:
    """They come back with an answer: it lets them in, links, or shows anew that it is them."""
    issuer = _issuer(slug)
    try:
        with tries.counted(limits.PROVIDER_FROM, network_of(came_from.address(request))):
            answer = oidc.answered(request, issuer)
            return _DOES[answer.purpose](request, issuer, answer)
    except Wrong as wrong:
        return _failed(request, issuer, wrong)
    except TooMany as many:
        return _failed(request, issuer, Wrong("many", str(many)))


def _come_in(request: HttpRequest, issuer: Issuer, answer: Answer) -> HttpResponse:
    """The factor of this house is asked after, unless the provider has asked for two."""
    person = actions.recognise(issuer, answer.said, by=door())
    return enter(request, person, *_how(answer), shown_at=answer.said.at)


def _link(request: HttpRequest, issuer: Issuer, answer: Answer) -> HttpResponse:
    actions.link_account(_asker(request, answer), issuer, answer.said, by=me(request))
    messages.success(request, _("Linked. From now on you can sign in with it."))
    return redirect("account:show")


def _show_anew(request: HttpRequest, issuer: Issuer, answer: Answer) -> HttpResponse:
    person = _asker(request, answer)
    known = providers.link(issuer.url, answer.said.subject)
    if not known or known.user_id != person.pk:
        raise Wrong("other", "Another account than the one that is linked.")
    if (factors.has_one(person) and not answer.said.factor) or only_a_passkey(person):
        raise Wrong("weak", "Nothing said that two factors were shown.")
    stay(request)
    proof.note(request, _how(answer))
    return there.forget(redirect(there.remembered(request)))


_DOES = {oidc.IN: _come_in, oidc.LINK: _link, oidc.AGAIN: _show_anew}


def _how(answer: Answer) -> list[str]:
    return ["provider", "provider factor"] if answer.said.factor else ["provider"]


def _asker(request: HttpRequest, answer: Answer) -> Person:
    """Whoever is in, if it was them who asked."""
    if not request.user.is_authenticated or request.user.pk != answer.asked_by:
        raise Wrong("lost", "Somebody else is in than the one who asked.")
    return request.user


def _issuer(slug: str) -> Issuer:
    try:
        return providers.one(slug)
    except Refusal:
        raise Http404 from None


def _failed(request: HttpRequest, issuer: Issuer, wrong: Wrong) -> HttpResponse:
    log.warning("Signing in with %s came to nothing (%s): %s", issuer.slug, wrong.why, wrong)
    is_in = request.user.is_authenticated
    back = reverse("account:show") if is_in else reverse("signin:ask")
    context = {"sentence": words.said(wrong, issuer), "back": back}
    return render(request, "signin/failed.html", context, status=422)

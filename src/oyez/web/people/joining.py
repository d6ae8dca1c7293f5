"""Letting somebody in: who they are, and the link that opens the door once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from oyez.ledger.actor import Actor, Refusal
from oyez.notices import actions as notices
from oyez.notices import queries as mail
from oyez.people import actions, events, queries
from oyez.web.failures import found
from oyez.web.guard import freshly
from oyez.web.people.changing import put_into_teams
from oyez.web.people.forms import InviteForm
from oyez.web.rights import me, needs

if TYPE_CHECKING:
    from oyez.people.models import Person


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.INVITED)
@freshly
def invite(request: HttpRequest) -> HttpResponse:
    """Somebody new, or somebody who comes back."""
    form = InviteForm(request.POST or None, initial={"role": "reader"})
    if form.is_valid():
        try:
            return redirect("people:show", _invited(request, form))
        except Refusal as refusal:
            form.add_error("email", str(refusal))
    status = 422 if form.errors else 200
    return render(request, "people/invite.html", {"form": form}, status=status)


def _invited(request: HttpRequest, form: InviteForm) -> int:
    told, by = form.cleaned_data, me(request)
    with transaction.atomic():
        who = {"name": told["name"], "role": told["role"], "why": told["why"]}
        person = actions.invite(told["email"], **who, by=by)
        if told["duties"]:
            actions.give(person, duties=told["duties"], by=by)
        put_into_teams(person, told.get("teams", ()), by=by)
    messages.success(request, _told(person, by))
    return person.pk


def _told(person: Person, by: Actor) -> str:
    if not mail.mail_reaches(person):
        return _("%s is here. Make them a link to come in with.") % person.name
    notices.send_invitation(person, by=by)
    return _("%s is here. An invitation is on its way to them by e-mail.") % person.name


@require_POST
@needs(events.LINKED, queries.one)
@freshly
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """A link that signs them in once; shown this once, to be passed on. Before their first time it
    is an invitation, which lasts longer.
    """
    person = found(queries.one, pk)
    if not person.is_active:
        return redirect("people:show", pk)
    invites = person.last_login is None
    token = actions.make_link(person, invites=invites, by=me(request))
    path = reverse("signin:use", args=[token])
    address = (settings.OYEZ.url or request.build_absolute_uri("/")).rstrip("/") + path
    context = {"person": person, "address": address, "invites": invites}
    return render(request, "people/link.html", context)

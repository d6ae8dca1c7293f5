"""Letting somebody in: who they are, and the link that opens the door once."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from oyez.ledger.actor import Refusal
from oyez.people import actions, events, queries
from oyez.web.failures import found
from oyez.web.guard import freshly
from oyez.web.people.changing import put_into_teams
from oyez.web.people.forms import InviteForm
from oyez.web.rights import me, needs


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
    messages.success(request, _("%s is here. Make them a link to come in with.") % person.name)
    return person.pk


@require_POST
@needs(events.LINKED, queries.one)
@freshly
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """A link that signs them in once; shown this once, to be passed on."""
    person = found(queries.one, pk)
    if not person.is_active:
        return redirect("people:show", pk)
    path = reverse("signin:use", args=[actions.make_link(person, by=me(request))])
    address = (settings.OYEZ.url or request.build_absolute_uri("/")).rstrip("/") + path
    return render(request, "people/link.html", {"person": person, "address": address})

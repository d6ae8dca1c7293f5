"""How is a channel linked? Choose a network, answer what it asks, and it is tried at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from oyez.channels import actions, events, queries
from oyez.ledger.actor import Refusal
from oyez.networks.contract import NetworkClass
from oyez.web.channels import words
from oyez.web.channels.forms import LinkForm
from oyez.web.guard import freshly
from oyez.web.rights import me, needs
from oyez.web.signin.required import with_factor

if TYPE_CHECKING:
    from oyez.channels.models import Channel


@require_safe
@needs(events.LINKED)
def choose(request: HttpRequest) -> HttpResponse:
    """The networks, what each asks for, and what each can do."""
    networks = [
        {
            "title": network.title,
            "href": reverse("channels:link", args=[network.name]),
            "asks": words.asks(network),
            "if_lost": words.if_lost(network),
        }
        for network in queries.linkable()
    ]
    return render(request, "channels/add.html", {"networks": networks})


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.LINKED)
@with_factor
@freshly
def link(request: HttpRequest, network: str) -> HttpResponse:
    """The form that the network's declared fields make. Nothing is kept when it says no."""
    kind = _linkable(network)
    form = LinkForm(kind, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            channel = actions.link(kind.name, form.answers(), name=form.name(), by=me(request))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _linked(request, channel)
    return _page(request, form, reverse("channels:add"))


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.LINKED, queries.one)
@with_factor
@freshly
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign in anew to a channel we have. Another account becomes a channel of its own."""
    known = get_object_or_404(queries.linked(), pk=pk)
    kind = _linkable(known.network)
    form = LinkForm(kind, request.POST or None, named=False, initial=_still_known(known))
    if request.method == "POST" and form.is_valid():
        try:
            channel = actions.link(kind.name, form.answers(), by=me(request))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _linked(request, channel, known)
    return _page(request, form, reverse("channels:show", args=[pk]), known)


def _linkable(name: str) -> NetworkClass:
    for network in queries.linkable():
        if network.name == name:
            return network
    raise Http404


def _still_known(channel: Channel) -> dict[str, str]:
    """The answers linking kept: never a secret."""
    asked = [field.name for field in channel.network_class.fields if not field.secret]
    return {name: str(channel.facts[name]) for name in asked if name in channel.facts}


def _linked(request: HttpRequest, channel: Channel, known: Channel | None = None) -> HttpResponse:
    if known and known.pk != channel.pk:
        said = _("That is another account. It is a channel of its own now: %s.")
    else:
        said = _("Linked %s. It was tried at once, and it works.")
    messages.success(request, said % channel.name)
    return redirect("channels:show", channel.pk)


def _page(
    request: HttpRequest, form: LinkForm, back: str, known: Channel | None = None
) -> HttpResponse:
    words_ = {"network": form.network.title, "name": known.name if known else ""}
    title = _("Link %(name)s again") if known else _("Link a channel on %(network)s")
    context = {"form": form, "title": title % words_, "back": back}
    return render(request, "channels/link.html", context, status=422 if form.errors else 200)

"""Which channels are there, how are they, and what did one of them do lately?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oyez.channels import actions, events, queries
from oyez.decisions import events as decisions
from oyez.deliveries import queries as deliveries
from oyez.ledger.actor import Refusal
from oyez.web.channels import asking, words
from oyez.web.channels.forms import DescribeForm
from oyez.web.confirming import Question, confirm
from oyez.web.guard import freshly
from oyez.web.parts import Fact
from oyez.web.rights import may, me, needs, tell

if TYPE_CHECKING:
    from oyez.channels.models import Channel

LATELY = 10


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """Every channel and its health."""
    found = list(queries.linked())
    rows = [words.row(channel, reverse("channels:show", args=[channel.pk])) for channel in found]
    wrong = sum(not channel.working for channel in found)
    context = {
        "rows": rows,
        "state": words.state(wrong, len(found)),
        "only_ours": not any(not words.is_ours(channel) for channel in found),
        "may_add": may(request, events.LINKED),
    }
    return render(request, "channels/list.html", context)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One channel: facts, limits, health, and what it sent lately."""
    channel = get_object_or_404(queries.linked(), pk=pk)
    sent = deliveries.by_channel(channel)
    context = {
        "channel": channel,
        "mark": words.mark(channel),
        "facts": [
            *words.facts(channel),
            _whose(request, channel),
            _who_approves(request, channel),
        ],
        "last_sent": deliveries.last_sent(channel),
        "rows": [words.delivery_row(delivery) for delivery in sent[:LATELY]],
        "may_check": may(request, events.CHECKED, channel),
        "may_link": may(request, events.LINKED, channel) and words.can_link_again(channel),
        "may_describe": may(request, events.DESCRIBED, channel),
        "may_remove": may(request, events.REMOVED, channel) and not words.is_ours(channel),
    }
    return render(request, "channels/show.html", context)


def _whose(request: HttpRequest, channel: Channel) -> Fact:
    """The team that acts on it, and the way to change that for who may."""
    team = channel.team.name if channel.team else _("The whole house")
    if words.is_ours(channel) or not may(request, events.GIVEN, channel):
        return Fact(_("Belongs to"), team)
    return Fact(_("Belongs to"), team, _("Change"), reverse("channels:team", args=[channel.pk]))


def _who_approves(request: HttpRequest, channel: Channel) -> Fact:
    """Who must say yes, and the way to change it for who may."""
    said = capfirst(asking.in_words(channel))
    if not may(request, decisions.STEPS_SET, channel):
        return Fact(_("Who must approve"), said)
    here = reverse("channels:steps", args=[channel.pk])
    return Fact(_("Who must approve"), said, _("Change"), here)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.DESCRIBED, queries.one)
def describe(request: HttpRequest, pk: int) -> HttpResponse:
    """How one speaks there, and for whom."""
    channel = get_object_or_404(queries.linked(), pk=pk)

    def do(answers: Mapping[str, Any]) -> str:
        actions.describe(channel, by=me(request), **answers)
        return _("Saved. The checks know it from the next look on.")

    question = Question(
        title=_("Describe %s") % channel.name,
        act=_("Save"),
        back=reverse("channels:show", args=[pk]),
    )
    now = {name: getattr(channel, name) for name in ("tone", "area", "personal", "by_hand")}
    return confirm(request, question, do, form=DescribeForm(request.POST or None, initial=now))


@require_POST
@needs(events.CHECKED, queries.one)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the network whether the channel is still ours."""
    channel = get_object_or_404(queries.linked(), pk=pk)

    def do() -> str:
        checked = actions.check(channel, by=me(request))
        if not checked.working:
            raise Refusal(checked.health_why)
        return _("%s works.") % checked.name

    tell(request, do)
    return redirect("channels:show", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.REMOVED, queries.one)
@freshly
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """The question before a channel is retired and its secrets destroyed."""
    channel = get_object_or_404(queries.linked(), pk=pk)

    def do(answers: object) -> str:
        actions.remove(channel, by=me(request))
        return _("Removed %s.") % channel.name

    question = Question(
        title=_("Remove the channel %s?") % channel.name,
        text=_(
            "Its sign-in is destroyed here, and nothing more is sent there. What was sent stays "
            "on %(network)s and on record. To use it again, link it again."
        )
        % {"network": channel.network_class.title},
        act=_("Remove channel"),
        danger=True,
        back=reverse("channels:list"),
    )
    return confirm(request, question, do)

"""What is stopped, stop it, let it go on: each in an address of its own, each asked once more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from oyez.channels import queries as channels
from oyez.emergency import actions, events, queries
from oyez.web.confirming import Question, confirm
from oyez.web.failures import found
from oyez.web.forms import Form
from oyez.web.rights import may, me, needs
from oyez.web.stop import shown

if TYPE_CHECKING:
    from oyez.channels.models import Channel


class Why(Form):
    """The reason, for the next person on duty."""

    why = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Everybody in the house reads this until sending goes on."),
        max_length=300,
        error_messages={"required": gettext_lazy("Say why, so that the next person on duty knows")},
    )


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """What is stopped, and what can be."""
    context = {
        "house": shown.house(request),
        "channels": shown.each_channel(request),
        "sentence": shown.sentence(),
        "may_stop": may(request, events.STOPPED),
    }
    return render(request, "stop/show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.STOPPED, queries.sending)
def stop(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Stop everything, or one channel, with a reason."""
    channel = found(channels.one, pk) if pk else None
    question = Question(
        title=_("Stop sending by %s?") % channel if channel else _("Stop all sending?"),
        text=_(
            "Nothing new goes out from the moment you press the button. What waits goes on waiting,"
            " until sending goes on; then what is still in time goes out."
            " What is already out stays out."
        ),
        act=_("Stop sending by %s") % channel if channel else _("Stop all sending"),
        back=reverse("stop:show"),
        danger=True,
    )

    def do(answers: Mapping[str, str]) -> str:
        stands = actions.stop(channel, why=answers["why"], by=me(request))
        done = _("Sending by %s is stopped.") % channel if channel else _("All sending is stopped.")
        if stands.why == answers["why"].strip()[:300]:
            return done
        return f"{done} {_('It was stopped before, and that reason stays: %s') % stands.why}"

    return confirm(request, question, do, form=Why(request.POST or None))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.RESUMED, queries.sending)
def resume(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Let sending go on."""
    channel = found(channels.one, pk) if pk else None
    question = Question(
        title=_("Let %s send again?") % channel if channel else _("Let sending go on?"),
        text=_("What is still in time goes out at once. What is too late is not sent, and shown."),
        act=_("Let it go on"),
        back=reverse("stop:show"),
    )
    return confirm(request, question, lambda answers: _resumed(channel, request))


def _resumed(channel: Channel | None, request: HttpRequest) -> str:
    actions.resume(channel, by=me(request))
    return _("%s sends again.") % channel if channel else _("Sending goes on.")

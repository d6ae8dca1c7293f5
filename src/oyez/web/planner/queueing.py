"""Which times of the week does each channel's queue have? And a draft into the next free one."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods, require_POST

from oyez.channels import queries as channels
from oyez.ledger.actor import Actor, NotAllowed, Refusal
from oyez.posts import actions, events, queries
from oyez.web import times
from oyez.web.failures import found
from oyez.web.feeds.words import where
from oyez.web.forms import Form
from oyez.web.problems import Problem
from oyez.web.rights import may, me, needs, tell


class SlotForm(Form):
    """A channel, a day of the week, a time."""

    channel = forms.TypedChoiceField(label=later("Channel"), coerce=int)
    weekday = forms.TypedChoiceField(
        label=later("Day of the week"), coerce=int, choices=list(WEEKDAYS.items())
    )
    wall = forms.TimeField(
        label=later("Time"),
        widget=forms.TimeInput(
            format="%H:%M", attrs={"type": "time", "class": "govuk-input--width-10"}
        ),
        error_messages={"invalid": later("Enter a time of day, such as 14:05")},
    )

    def __init__(self, *args: Any, by: Actor) -> None:
        super().__init__(*args)
        channel: Any = self.fields["channel"]
        theirs = channels.open_to(by, events.SLOT_KEPT, channels.writable())
        channel.choices = [(one.pk, where(one)) for one in theirs]


@require_http_methods(["GET", "HEAD", "POST"])
def slots(request: HttpRequest) -> HttpResponse:
    """The times of each channel, and one more."""
    asked = request.method == "POST"
    if asked and not may(request, events.SLOT_KEPT):
        raise PermissionDenied
    form = SlotForm(request.POST if asked else None, by=me(request))
    problems, status = [], 200
    if asked:
        status = 422
        try:
            if form.is_valid():
                _keep(request, form.cleaned_data)
                return redirect("planner:slots")
        except Refusal as refusal:
            problems = [Problem(str(refusal), "#id_wall")]
            status = 403 if isinstance(refusal, NotAllowed) else 422
    each = groupby(queries.slots(), key=lambda slot: slot.channel)
    context = {
        "form": form,
        "problems": problems,
        "channels": [
            (
                channel.name,
                [(slot, WEEKDAYS[slot.weekday]) for slot in those],
                may(request, events.SLOT_REMOVED, channel),
            )
            for channel, those in each
        ],
        "may_keep": may(request, events.SLOT_KEPT),
    }
    return render(request, "planner/slots.html", context, status=status)


def _keep(request: HttpRequest, answers: dict[str, Any]) -> None:
    actions.keep_slot(
        channels.one(answers["channel"]),
        weekday=answers["weekday"],
        wall=answers["wall"],
        zone=settings.TIME_ZONE,
        by=me(request),
    )
    messages.success(request, _("Kept the time."))


@require_POST
@needs(events.SLOT_REMOVED, queries.slot)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a time out of the queue; what is planned stays planned."""
    slot = found(queries.slot, pk)

    def do() -> str:
        actions.remove_slot(slot, by=me(request))
        return _("Removed the time. What is planned stays planned.")

    tell(request, do)
    return redirect("planner:slots")


@require_POST
@needs(events.EDITED, queries.one)
def queue(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft into the next free slot, and open it to be sent for approval."""
    post = found(queries.one, pk)

    def do() -> str:
        at = actions.queue(post, by=me(request)).draft.goes_at()
        when = {"when": times.in_full(at) if at else ""}
        return _("The draft is for %(when)s. Send it when it is ready.") % when

    return redirect(*(("write:edit", pk) if tell(request, do) else ("planner:show",)))

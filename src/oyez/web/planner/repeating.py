"""Which messages come again, by which rule? One more, or an end to one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods, require_safe

from oyez.posts import actions, events, queries, recurring
from oyez.web import days
from oyez.web.confirming import Question, confirm
from oyez.web.failures import found
from oyez.web.forms import Form
from oyez.web.planner import stretch
from oyez.web.rights import me, needs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from oyez.posts.models import Recurrence

RULES = {
    recurring.DAILY: later("Every day"),
    recurring.WEEKDAYS: later("Every weekday, Monday to Friday"),
    recurring.WEEKLY: later("Every week"),
    recurring.FORTNIGHTLY: later("Every second week"),
    recurring.MONTHLY: later("Every month"),
    recurring.YEARLY: later("Every year"),
}


class RepeatForm(Form):
    """How often, from when, until when."""

    rule = forms.ChoiceField(
        label=later("How often?"), choices=list(RULES.items()), widget=forms.RadioSelect
    )
    day = days.field(
        later("First day"),
        later("Its day of the week, or of the month, is kept. A month without it is left out."),
    )
    hour = forms.TimeField(
        label=later("Time"),
        widget=forms.TimeInput(
            format="%H:%M", attrs={"type": "time", "class": "govuk-input--width-10"}
        ),
        error_messages={"invalid": later("Enter a time of day, such as 14:05")},
    )
    until = days.field(later("Last day"), required=False)


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """What comes again, the next first."""
    found = list(queries.recurrences())
    theirs = queries.repeats_open_to(me(request), events.REPEAT_ENDED, found)
    context = {"rows": [_shown(one, may_end=one.pk in theirs) for one in found]}
    return render(request, "planner/repeats.html", context)


def _shown(one: Recurrence, *, may_end: bool) -> dict[str, object]:
    following = datetime.fromisoformat(one.next_wall) if one.next_wall else None
    return {
        "one": one,
        "often": RULES.get(one.rule, one.rule),
        "next": following,
        "until": one.until,
        "may_end": may_end,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.REPEATED, queries.one)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a message like this one come again; the message itself stays as it is."""
    post = found(queries.one, pk)
    tomorrow = stretch.today() + timedelta(days=1)
    form = RepeatForm(
        request.POST if request.method == "POST" else None,
        initial={"rule": recurring.WEEKLY, "day": tomorrow, "hour": "09:00"},
    )

    def do(answers: Mapping[str, Any]) -> str:
        actions.repeat(
            post.draft,
            rule=answers["rule"],
            starts=datetime.combine(answers["day"], answers["hour"]),
            zone=settings.TIME_ZONE,
            until=answers["until"],
            also_by=queries.authors(post),
            by=me(request),
        )
        return _("A draft of it is made a week before each time.")

    question = Question(
        title=_("Let this message come again"),
        text=_("A week before each time a draft is made, to be read and sent for approval: %s")
        % post,
        act=_("Let it come again"),
        back=reverse("planner:repeats"),
    )
    return confirm(request, question, do, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.REPEAT_ENDED, queries.recurrence)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """No more drafts of it."""
    one = found(queries.recurrence, pk)

    def do(answers: Mapping[str, str]) -> str:
        actions.end_repeat(one, by=me(request))
        return _("It comes no more.")

    question = Question(
        title=_("Should this come no more?"),
        text=_("No more drafts are made of it. Those that are there stay: %s") % one,
        act=_("End it"),
        back=reverse("planner:repeats"),
        danger=True,
    )
    return confirm(request, question, do)

"""To which time should a message be moved? Its time of day stays unless it is changed too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from oyez.decisions import actions as decisions
from oyez.decisions import queries as reviews
from oyez.deliveries import actions
from oyez.kit import clock, walltime
from oyez.ledger.actor import Refusal
from oyez.policy.contract import Level
from oyez.posts import events, queries
from oyez.web import days, times
from oyez.web.failures import found
from oyez.web.forms import Form
from oyez.web.problems import Problem
from oyez.web.rights import me, needs, tell

if TYPE_CHECKING:
    from oyez.posts.models import Post


class MoveForm(Form):
    """The day and the time on the wall; which of two where the clocks show it twice."""

    day = days.field(later("New day"))
    hour = forms.TimeField(
        label=later("Time"),
        widget=forms.TimeInput(
            format="%H:%M", attrs={"type": "time", "class": "govuk-input--width-10"}
        ),
        error_messages={"invalid": later("Enter a time of day, such as 14:05")},
    )
    fold = days.which()

    @property
    def wall(self) -> str:
        moment = datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"])
        return moment.isoformat(timespec="minutes")

    def clean(self) -> None:
        """Gaps and overlaps of the clock are said in words."""
        if {"day", "hour"} & set(self.errors):
            return
        at, fold = datetime.fromisoformat(self.wall), self.cleaned_data.get("fold")
        try:
            walltime.moment(at, settings.TIME_ZONE, fold)
        except walltime.Twice:
            self.add_error("fold", _("Choose the first or the second"))
        except walltime.NoSuchTime as wrong:
            self.add_error("hour", str(wrong))

    def visible(self) -> list[forms.BoundField]:
        """Only what is asked at this moment."""
        asked = ["day", "hour", *(["fold"] if days.asks_which(self) else [])]
        return [self[name] for name in asked]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.EDITED, queries.one)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the new time, and say before whether it must be approved again."""
    post = found(queries.one, pk)
    form = MoveForm(request.POST or None, initial=_now(post))
    from_message = request.GET.get("from") == "message"
    stopped: decisions.Stopped | None = None
    problems: list[Problem] = []
    if request.method == "POST" and form.is_valid():
        try:
            moved = _moved(request, post, form.cleaned_data, form.wall)
        except decisions.Stopped as found_something:
            stopped = found_something
            where = "#confirm-1" if _warnings(stopped) else "#id_day"
            problems = [Problem(str(stopped), where)]
        except Refusal as refusal:
            problems = [Problem(str(refusal), "#id_day")]
        else:
            tell(request, lambda: _says(moved))
            if from_message:
                return redirect("messages:show", pk)
            return redirect("planner:week", form.wall[:10])
    context = {
        "post": post,
        "form": form,
        "problems": problems,
        "warnings": _warnings(stopped),
        "ticked": request.POST.getlist("confirm"),
        "again": not post.is_draft and reviews.asks_somebody(post, me(request)),
        **_way_back(pk, from_message=from_message),
    }
    wrong = request.method == "POST"
    return render(request, "planner/move.html", context, status=422 if wrong else 200)


def _way_back(pk: int, *, from_message: bool) -> dict[str, str]:
    if from_message:
        there, words = reverse("messages:show", args=[pk]), _("Back to the message")
    else:
        there, words = reverse("planner:show"), _("Back to the planner")
    return {"back": there, "back_words": words}


def _now(post: Post) -> dict[str, Any]:
    """The time it has now, or tomorrow's day for one that has none."""
    draft = post.draft
    if draft.wall:
        at = datetime.fromisoformat(draft.wall)
    else:
        at = timezone.localtime(clock.now()).replace(second=0, microsecond=0)
    return {"day": at.date(), "hour": at.time(), "fold": draft.fold}


def _moved(request: HttpRequest, post: Post, answers: Mapping[str, Any], wall: str) -> Post:
    return actions.move(
        post,
        wall=wall,
        zone=settings.TIME_ZONE,
        fold=answers["fold"],
        confirmed=request.POST.getlist("confirm"),
        by=me(request),
    )


def _says(post: Post) -> str:
    at = post.draft.goes_at()
    when = {"when": times.in_full(at) if at else ""}
    if post.is_draft:
        return _("The draft is for %(when)s.") % when
    if reviews.open_reviews().filter(post=post).exists():
        return _("Sent for approval again, to go out at %(when)s.") % when
    return _("It goes out at %(when)s.") % when


def _warnings(stopped: decisions.Stopped | None) -> list[tuple[str, str]]:
    """What the mover may read and keep: check and sentence."""
    if stopped is None:
        return []
    all_found = [one for those in stopped.looked.values() for one in those]
    return list(dict.fromkeys((f.check, f.message) for f in all_found if f.level == Level.WARN))

"""The periods, one of them, open one in two steps, change it, close it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods, require_safe

from oyez.emergency import actions, events, queries, rules
from oyez.kit import clock
from oyez.web import days
from oyez.web.confirming import Question, confirm
from oyez.web.failures import found
from oyez.web.forms import Form
from oyez.web.periods import words
from oyez.web.periods.forms import First, Whole
from oyez.web.rights import may, me, needs

if TYPE_CHECKING:
    from oyez.emergency.models import Period

A_PAGE = 25


class Why(Form):
    """The reason, for the record."""

    why = forms.CharField(
        label=later("Why?"),
        max_length=300,
        error_messages={"required": later("Say why, so that those who read the record know")},
    )


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """What is in force, what comes, what is over."""
    page = Paginator(queries.periods_over(), A_PAGE).get_page(request.GET.get("page"))
    coming = [*queries.periods_in_force(clock.now()), *queries.upcoming()]
    context = {
        "rows": [words.row(period) for period in coming],
        "page": page,
        "over": [words.row(period) for period in page.object_list],
        "sentence": words.sentence(),
        "names_nobody": any(queries.recognises_nobody(period.kind) for period in coming),
        "may_open": may(request, events.PERIOD_OPENED),
    }
    return render(request, "periods/list.html", context)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One period, and who changed it when."""
    period = found(queries.period, pk)
    over = words.is_over(period)
    context = {
        "period": period,
        "mark": words.mark(period),
        "facts": words.facts(period),
        "names_nobody": not over and queries.recognises_nobody(period.kind),
        "steps": words.history(period),
        "may_change": not over and may(request, events.PERIOD_CHANGED),
        "may_close": not over and may(request, events.PERIOD_CLOSED),
    }
    return render(request, "periods/show.html", context)


@require_safe
@needs(events.PERIOD_OPENED)
def propose(request: HttpRequest) -> HttpResponse:
    """Step one, which changes nothing: the kind and the polling day, in the address."""
    form = First(request.GET or None)
    if form.is_bound and form.is_valid():
        said = {name: form.cleaned_data[name] or "" for name in ("kind", "polling_on", "nation")}
        return redirect(f"{reverse('periods:add')}?{urlencode(said)}")
    context = {"form": form, "back": reverse("periods:list")}
    return render(request, "periods/propose.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.PERIOD_OPENED)
def add(request: HttpRequest) -> HttpResponse:
    """Step two: the days as computed, for the officer to set, and the words."""
    first = First(request.GET)
    if not first.is_valid():
        return redirect("periods:propose")
    kind, poll, nation = (first.cleaned_data[name] for name in ("kind", "polling_on", "nation"))
    polled = kind in rules.WITH_A_POLL
    initial, hint = _proposal(kind, poll, nation) if polled else ({}, "")

    def do(answers: Mapping[str, Any]) -> str:
        said = rules.Said(kind=kind, nation=nation, **answers)
        return _("Opened %s.") % actions.open_period(said, by=me(request))

    form = Whole(request.POST or None, initial=initial, with_poll=polled)
    title = _("Open a period: %s") % str(words.KINDS[kind]).lower()
    question = Question(
        title=title,
        act=_("Open the period"),
        text=hint,
        back=reverse("periods:list"),
        template="periods/open.html",
    )
    names_nobody = queries.recognises_nobody(kind)
    return confirm(request, question, do, form=form, names_nobody=names_nobody)


def _proposal(kind: str, poll: Any, nation: str) -> tuple[dict[str, Any], str]:
    dates = queries.proposed(kind, poll, nation)
    initial = {"polling_on": poll, "begins_on": dates.begins_on, "ends_on": dates.ends_on}
    hint = _("Computed for %(nation)s: it begins on %(day)s at the latest. If the returning officer"
             " publishes the notice on another day, set that day.")  # fmt: skip
    return initial, hint % {"nation": nation, "day": days.in_words(dates.begins_on)}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.PERIOD_CHANGED)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Its words and days anew."""
    period = found(queries.period, pk)
    polled = period.kind in rules.WITH_A_POLL
    form = Whole(request.POST or None, initial=_now(period), with_poll=polled)

    def do(answers: Mapping[str, Any]) -> str:
        return _("Changed %s.") % actions.change_period(period, by=me(request), **answers)

    question = Question(
        title=_("Change %s") % period,
        act=_("Save the period"),
        text=words.computed(period),
        back=reverse("periods:show", args=[pk]),
    )
    return confirm(request, question, do, form=form)


def _now(period: Period) -> dict[str, Any]:
    return {name: getattr(period, name) for name in Whole.base_fields}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.PERIOD_CLOSED)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Before it ends by itself, asked once more."""
    period = found(queries.period, pk)

    def do(answers: Mapping[str, str]) -> str:
        return _("Closed %s.") % actions.close_period(period, why=answers["why"], by=me(request))

    question = Question(
        title=_("Close %s now?") % period,
        text=_("Its rules hold no more from the moment you press the button."),
        act=_("Close the period"),
        back=reverse("periods:show", args=[pk]),
        danger=True,
    )
    return confirm(request, question, do, form=Why(request.POST or None))

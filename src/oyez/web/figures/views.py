"""The political register, one entry, add, change, retire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from oyez.partners import actions, events, queries
from oyez.partners.rules import figures as rules
from oyez.web.confirming import Question, confirm
from oyez.web.failures import found
from oyez.web.figures.forms import KINDS, FigureForm
from oyez.web.figures.tabs import tabs
from oyez.web.parts import Mark, Row
from oyez.web.rights import may, me, needs
from oyez.web.settings import entries

if TYPE_CHECKING:
    from oyez.partners.models import Figure

A_PAGE = 50


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """Parties, candidates and councillors, by name."""
    page = Paginator(queries.figures(), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Political register"),
        "tabs_name": _("Political register"),
        "tabs": tabs("figures:list"),
        "page": page,
        "rows": [_row(one) for one in page.object_list],
        "none": _("Nobody is in the register"),
        "what": _("Before an election no message may name a party, candidate or councillor of "
                  "this register. Add them here, or many from a file on the command line."),
    }  # fmt: skip
    if may(request, events.FIGURE_ADDED):
        context |= {"act": _("Add an entry"), "href": reverse("figures:add")}
    return render(request, "settings/register.html", context)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    one = found(queries.figure, pk)
    context = {
        "title": one.name,
        "mark": _mark(one),
        "facts": entries.facts(_said(one)),
        "steps": entries.history(one),
        "back": reverse("figures:list"),
        "end_words": _("Take off the register"),
    }
    if not one.retired_at and may(request, events.FIGURE_CHANGED):
        context |= {
            "change": reverse("figures:change", args=[pk]),
            "end": reverse("figures:retire", args=[pk]),
        }
    return render(request, "settings/one.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.FIGURE_ADDED)
def add(request: HttpRequest) -> HttpResponse:
    def do(answers: Mapping[str, Any]) -> str:
        return _("Added %s.") % actions.add_figure(rules.Said(**answers), by=me(request))

    question = Question(
        title=_("Add to the political register"),
        text=_("Public roles only: nothing else about a person belongs here."),
        act=_("Save the entry"),
        back=reverse("figures:list"),
    )
    return confirm(request, question, do, form=FigureForm(request.POST or None))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.FIGURE_CHANGED)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    one = found(queries.figure, pk)

    def do(answers: Mapping[str, Any]) -> str:
        return _("Changed %s.") % actions.change_figure(one, by=me(request), **answers)

    back = reverse("figures:show", args=[pk])
    question = Question(_("Change %s") % one, _("Save the entry"), back)
    form = FigureForm(request.POST or None, initial=asdict(one.said))
    return confirm(request, question, do, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.FIGURE_RETIRED)
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked once more: checks know them no longer."""
    one = found(queries.figure, pk)
    question = Question(
        title=_("Take %s off the register?") % one,
        text=_("Checks no longer look for this name. The entry stays on record."),
        act=_("Take off the register"),
        back=reverse("figures:list"),
        danger=True,
    )
    return confirm(
        request,
        question,
        lambda answers: _("%s is off the register.") % actions.retire_figure(one, by=me(request)),
    )


def _mark(one: Figure) -> Mark:
    if one.retired_at:
        return Mark(_("Off the register"), "grey")
    today = queries.today()
    if one.to_on and one.to_on < today:
        return Mark(_("Over"), "grey")
    if one.from_on and one.from_on > today:
        return Mark(_("To come"), "yellow")
    return Mark(_("In force"), "blue")


def _row(one: Figure) -> Row:
    known = [str(KINDS[one.kind]), one.area, ", ".join(one.handles[:3])]
    href = reverse("figures:show", args=[one.pk])
    return Row(one.name, href, " · ".join(filter(None, known)), _mark(one))


def _said(one: Figure) -> list[tuple[str, object]]:
    return [
        (_("Kind"), KINDS[one.kind]),
        (_("Area"), one.area or _("Everywhere")),
        (_("Handles"), one.handles),
        (_("Other names"), one.aliases),
        (_("First day"), one.from_on),
        (_("Last day"), one.to_on or _("Until further notice")),
    ]

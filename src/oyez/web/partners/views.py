"""The register of partners, one of them, add, change, retire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from oyez.partners import actions, events, queries
from oyez.partners.rules import partners as rules
from oyez.web import days
from oyez.web.confirming import Question, confirm
from oyez.web.failures import found
from oyez.web.partners.forms import KINDS, PartnerForm
from oyez.web.parts import Mark, Row
from oyez.web.rights import may, me, needs
from oyez.web.settings import entries

if TYPE_CHECKING:
    from oyez.partners.models import Partner

A_PAGE, LATELY = 50, 10


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """Those in the register; those retired lately below."""
    page = Paginator(queries.register(), A_PAGE).get_page(request.GET.get("page"))
    holding = queries.in_force(queries.today()).count()
    said = ngettext("%d agreement holds today.", "%d agreements hold today.", holding) % holding
    context = {
        "title": _("Partners"),
        "sentence": (said if holding else _("No agreement holds today."))
        if page.paginator.count
        else "",
        "page": page,
        "rows": [_row(one) for one in page.object_list],
        "gone": [_row(one) for one in queries.retired()[:LATELY]],
        "gone_title": _("Retired lately"),
        "none": _("No partner is in the register"),
        "what": _("We pass on messages of partners in the register while their agreement holds."),
    }
    if may(request, events.ADDED):
        context |= {"act": _("Add a partner"), "href": reverse("partners:add")}
    return render(request, "settings/register.html", context)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    one = found(queries.one, pk)
    context = {
        "title": one.name,
        "mark": _mark(one),
        "facts": entries.facts(_said(one)),
        "steps": entries.history(one),
        "back": reverse("partners:list"),
        "end_words": _("Retire"),
    }
    if not one.retired_at and may(request, events.CHANGED):
        context |= {
            "change": reverse("partners:change", args=[pk]),
            "end": reverse("partners:retire", args=[pk]),
        }
    return render(request, "settings/one.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.ADDED)
def add(request: HttpRequest) -> HttpResponse:
    def do(answers: Mapping[str, Any]) -> str:
        return _("Added %s.") % actions.add_partner(rules.Said(**answers), by=me(request))

    question = Question(_("Add a partner"), _("Save the partner"), reverse("partners:list"))
    return confirm(request, question, do, form=PartnerForm(request.POST or None))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.CHANGED)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    one = found(queries.one, pk)

    def do(answers: Mapping[str, Any]) -> str:
        return _("Changed %s.") % actions.change_partner(one, by=me(request), **answers)

    back = reverse("partners:show", args=[pk])
    question = Question(_("Change %s") % one, _("Save the partner"), back)
    form = PartnerForm(request.POST or None, initial=asdict(one.said))
    return confirm(request, question, do, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.RETIRED)
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked once more: nothing more of theirs is passed on."""
    one = found(queries.one, pk)
    question = Question(
        title=_("Retire %s?") % one,
        text=_("Nothing more of theirs is passed on. The entry stays on record."),
        act=_("Retire the partner"),
        back=reverse("partners:show", args=[pk]),
        danger=True,
    )
    return confirm(
        request,
        question,
        lambda answers: _("Retired %s.") % actions.retire_partner(one, by=me(request)),
    )


def _mark(one: Partner) -> Mark:
    if one.retired_at:
        return Mark(_("Retired"), "grey")
    if not one.agreed_on(queries.today()):
        return Mark(_("Agreement ended"), "red")
    return Mark(_("In force"), "green")


def _row(one: Partner) -> Row:
    until = _("agreed until %s") % days.in_words(one.agreement_until) if one.agreement_until else ""
    known = " · ".join(filter(None, (str(KINDS[one.kind]), until)))
    return Row(one.name, reverse("partners:show", args=[one.pk]), known, _mark(one))


def _said(one: Partner) -> list[tuple[str, object]]:
    return [
        (_("Kind"), KINDS[one.kind]),
        (_("Whom to ask"), one.contact_name),
        (_("Their e-mail address"), one.contact_email),
        (_("What was agreed"), one.agreement),
        (_("Agreed until"), one.agreement_until or _("No end is agreed")),
        (_("Areas"), one.areas),
        (_("Domains"), one.domains),
        (_("Their channels"), one.handles),
        (_("Their feeds"), one.feeds),
        (_("Note"), one.note),
        (_("Verified on"), one.verified_on or _("Nobody has asked them yet")),
    ]

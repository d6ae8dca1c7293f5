"""The campaigns, one of them, add, change, close."""

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

from oyez.strategy import actions, events, queries, rules
from oyez.web import days
from oyez.web.campaigns.forms import CampaignForm
from oyez.web.confirming import Question, confirm
from oyez.web.failures import found
from oyez.web.parts import Mark, Row
from oyez.web.rights import may, me, needs
from oyez.web.settings import entries

if TYPE_CHECKING:
    from oyez.strategy.models import Campaign

A_PAGE, LATELY = 50, 10


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """Those that are open; those closed lately below."""
    page = Paginator(queries.open_campaigns(), A_PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    context = {
        "title": _("Campaigns"),
        "sentence": ngettext("%d is open.", "%d are open.", count) % count if count else "",
        "page": page,
        "rows": [_row(one) for one in page.object_list],
        "gone": [_row(one) for one in queries.closed_campaigns()[:LATELY]],
        "gone_title": _("Closed lately"),
        "none": _("No campaign is open"),
        "what": _("A campaign says what should change, for whom, and how it is measured."),
    }
    if may(request, events.CAMPAIGN_ADDED):
        context |= {"act": _("Add a campaign"), "href": reverse("campaigns:add")}
    return render(request, "settings/register.html", context)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One campaign and what it still lacks."""
    one = found(queries.one, pk)
    missing = rules.missing(one)
    context = {
        "title": one.name,
        "mark": _mark(one),
        "lacks": _("Nobody has said yet: %s.") % ", ".join(missing) if missing else "",
        "facts": entries.facts(_said(one)),
        "steps": entries.history(one),
        "back": reverse("campaigns:list"),
        "end_words": _("Close it"),
    }
    if not one.closed_at and may(request, events.CAMPAIGN_CHANGED):
        context |= {
            "change": reverse("campaigns:change", args=[pk]),
            "end": reverse("campaigns:close", args=[pk]),
        }
    return render(request, "settings/one.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.CAMPAIGN_ADDED)
def add(request: HttpRequest) -> HttpResponse:
    def do(answers: Mapping[str, Any]) -> str:
        return _("Added %s.") % actions.add_campaign(rules.Said(**answers), by=me(request))

    question = Question(_("Add a campaign"), _("Save the campaign"), reverse("campaigns:list"))
    return confirm(request, question, do, form=CampaignForm(request.POST or None))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.CAMPAIGN_CHANGED)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    one = found(queries.one, pk)

    def do(answers: Mapping[str, Any]) -> str:
        return _("Changed %s.") % actions.change_campaign(one, by=me(request), **answers)

    back = reverse("campaigns:show", args=[pk])
    question = Question(_("Change %s") % one, _("Save the campaign"), back)
    form = CampaignForm(request.POST or None, initial=asdict(one.said))
    return confirm(request, question, do, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.CAMPAIGN_CLOSED)
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked once more: it cannot be opened again."""
    one = found(queries.one, pk)
    question = Question(
        title=_("Close %s?") % one,
        text=_("No new message can belong to it. Those that went out stay on record."),
        act=_("Close the campaign"),
        back=reverse("campaigns:show", args=[pk]),
        danger=True,
    )
    return confirm(
        request,
        question,
        lambda answers: _("Closed %s.") % actions.close_campaign(one, by=me(request)),
    )


def _mark(one: Campaign) -> Mark:
    if one.closed_at:
        return Mark(_("Closed"), "grey")
    if rules.missing(one):
        return Mark(_("Not whole yet"), "yellow")
    return Mark(_("Open"), "green")


def _row(one: Campaign) -> Row:
    known = [one.tag, one.owner, days.in_words(one.begins_on) if one.begins_on else ""]
    href = reverse("campaigns:show", args=[one.pk])
    return Row(one.name, href, " · ".join(filter(None, known)), _mark(one))


def _said(one: Campaign) -> list[tuple[str, object]]:
    return [
        (_("Tag in links"), one.tag),
        (_("What should change"), one.objective),
        (_("For whom"), one.audience),
        (_("How it is measured"), one.measure),
        (_("Who owns it"), one.owner),
        (_("First day"), one.begins_on),
        (_("Last day"), one.ends_on),
        (_("Planned on"), one.planned_on),
        (_("Where the plan can be read"), one.plan),
        (_("Significant"), _("Yes") if one.significant else ""),
    ]

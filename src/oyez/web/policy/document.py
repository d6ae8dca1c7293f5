"""The policy in force and its earlier versions, acknowledging it, publishing the next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from oyez.kit import clock
from oyez.policy import actions, events, queries, rules
from oyez.web import days
from oyez.web.confirming import Question, confirm
from oyez.web.failures import found
from oyez.web.parts import Fact
from oyez.web.policy.forms import VersionForm
from oyez.web.policy.tabs import tabs, waits
from oyez.web.rights import may, me, needs, tell

if TYPE_CHECKING:
    from oyez.policy.models import Version


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The version in force; who has not read it yet, for those who may publish the next."""
    current, may_publish = queries.current_version(), may(request, events.PUBLISHED)
    context = {
        "sentence": _sentence(request, current),
        "tabs": tabs(request, "policy:show"),
        "may_publish": may_publish,
        "acknowledge": current is not None and waits(request),
        "unread": queries.unacknowledged() if may_publish else [],
        "versions": [one for one in queries.versions() if one != current],
        **(_text(current) if current else {}),
    }
    return render(request, "policy/show.html", context)


@require_safe
def older(request: HttpRequest, number: str) -> HttpResponse:
    """A version that is not in force any more, for the record."""
    version = found(queries.version, number)
    if version == queries.current_version():
        return redirect("policy:show")
    return render(request, "policy/older.html", _text(version))


@require_POST
def acknowledge(request: HttpRequest) -> HttpResponse:
    """“I have read it”: the version that was on the page, not one published since."""
    number = request.POST.get("number", "")

    def do() -> str:
        actions.acknowledge(queries.version(number), by=me(request))
        return _("You have acknowledged policy %s.") % number

    tell(request, do)
    return redirect("policy:show")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.PUBLISHED)
def publish(request: HttpRequest) -> HttpResponse:
    """The next version; begins with the words of the one in force."""
    current = queries.current_version()

    def do(answers: Mapping[str, Any]) -> str:
        return _("Published %s.") % actions.publish_version(rules.Said(**answers), by=me(request))

    initial = {"text": current.text, "owner": current.owner} if current else {}
    question = Question(
        title=_("Publish a version of the policy"),
        text=_("From the moment you publish it, everybody has to acknowledge it before they hand "
               "in another message. What is approved already goes out."),
        act=_("Publish the policy"),
        back=reverse("policy:show"),
    )  # fmt: skip
    return confirm(request, question, do, form=VersionForm(request.POST or None, initial=initial))


def _sentence(request: HttpRequest, version: Version | None) -> str:
    if not version:
        return _("No policy has been published, so everybody may go on as they are.")
    if waits(request):
        words = _("Version %s is in force. Read it and acknowledge it: until then you cannot hand "
                  "in messages.")  # fmt: skip
        return words % version.number
    return _("Version %s is in force, and you have acknowledged it.") % version.number


def _text(version: Version) -> dict[str, Any]:
    return {
        "version": version,
        "opening": queries.opening(version),
        "clauses": queries.clauses(version),
        "facts": _facts(version),
    }


def _facts(version: Version) -> list[Fact]:
    known = queries.acknowledgements(version).count()
    facts = [
        Fact(_("Version"), version.number),
        Fact(_("Published"), "", at=version.published_at),
        Fact(_("Owner"), version.owner),
        Fact(_("Approved by"), version.approver),
        Fact(_("Read by"), ngettext("%d person", "%d people", known) % known),
    ]
    if version.approved_on:
        facts.append(Fact(_("Approved on"), days.in_words(version.approved_on)))
    if version.review_on:
        facts.append(Fact(_("Review"), _review(version)))
    return [fact for fact in facts if fact.value or fact.at]


def _review(version: Version) -> str:
    assert version.review_on
    day = days.in_words(version.review_on)
    if version.review_on <= timezone.localdate(clock.now()):
        return _("%s: it is due") % day
    return day

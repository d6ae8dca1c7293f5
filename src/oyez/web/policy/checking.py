"""All checks as they stand here, one of them, and the decision on its level."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from oyez.decisions.queries import KEPT_BY_THE_DESK, NOT_GIVEN, NOT_KEPT
from oyez.policy import actions, events, queries
from oyez.web.confirming import Question, confirm
from oyez.web.failures import found
from oyez.web.parts import Fact, Row, Step
from oyez.web.policy import words
from oyez.web.policy.forms import LevelForm
from oyez.web.policy.tabs import tabs
from oyez.web.rights import may, me, needs
from oyez.web.who import called

FAMILIES = {
    "AC": later("Everybody can read it"),
    "CO": later("Good practice"),
    "EL": later("Before an election"),
    "EM": later("In an emergency"),
    "EV": later("Even-handed"),
    "IN": later("What is said to us"),
    "LA": later("Language"),
    "PR": later("Private matters"),
    "RE": later("Records"),
    "SE": later("Security"),
}


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """Every check by family; what is only planned says so."""
    standing = sorted(queries.checks(), key=lambda one: _order(one.id))
    families = [
        (FAMILIES[family], [_row(one) for one in some])
        for family, some in groupby(standing, key=lambda one: one.id.partition("-")[0])
    ]
    context = {
        "families": families,
        "sentence": _sentence(standing),
        "tabs": tabs(request, "policy:checks"),
    }
    return render(request, "policy/checks.html", context)


def _order(check: str) -> tuple[str, int]:
    family, _dash, number = check.partition("-")
    return family, int(number)


def _row(one: queries.Standing) -> Row:
    title = f"{one.id} {one.title}"
    changed = _("changed here") if one.change else ""
    meta = " · ".join(filter(None, (one.check.source if one.check else "", changed)))
    return Row(title, reverse("policy:check", args=[one.id]), meta, words.mark(one))


def _sentence(standing: list[queries.Standing]) -> str:
    built = [one.id for one in standing if one.state == "built"]
    silent = {*NOT_GIVEN, *KEPT_BY_THE_DESK}
    looking = sum(one not in silent for one in built)
    others = [
        (_("Kept by the desk itself: %d."), sum(one in KEPT_BY_THE_DESK for one in built)),
        (_("Switched off: %d."), sum(one.state == "off" for one in standing)),
        (_("Built, not in use yet: %d."), sum(one in NOT_GIVEN for one in built)),
        (_("Only planned: %d."), sum(one.state == "planned" for one in standing)),
    ]
    said = ngettext("%d check looks at every message.", "%d checks look at every message.", looking)
    return " ".join([said % looking, *(words % count for words, count in others if count)])


@require_safe
def show(request: HttpRequest, pk: str) -> HttpResponse:
    """Why it is there, at which level, who decided so, and which clauses it enforces."""
    one = found(queries.check, pk)
    changeable = one.check is not None and may(request, events.LEVEL_CHANGED)
    context = {
        "one": one,
        "mark": words.mark(one),
        "facts": _facts(one),
        "steps": _history(one.id),
        "may_change": changeable,
        "may_try": one.check is not None and one.id not in NOT_KEPT,
    }
    return render(request, "policy/check.html", context)


def _facts(one: queries.Standing) -> list[Fact]:
    if not one.check:
        return [Fact(_("State"), _("Planned: nothing looks at this yet, so nothing passes it."))]
    check = one.check
    facts = [
        Fact(_("Not in use yet"), NOT_GIVEN.get(one.id, "")),
        Fact(_("Kept by the desk itself"), _kept(one.id)),
        Fact(_("Why"), check.why),
        Fact(_("Source"), check.source),
        Fact(_("Its own level"), words.level(check.level)),
        Fact(_("Level here"), words.level(one.level)),
        Fact(_("Who may allow it"), check.role.replace("_", " ").capitalize()),
        Fact(_("Clauses of the policy"), ", ".join(one.clauses)),
    ]
    return [fact for fact in facts if fact.value]


def _kept(check: str) -> str:
    test = KEPT_BY_THE_DESK.get(check)
    said = _("The desk lets nothing come so far that this could find. The test that shows it: %s.")
    return said % test if test else ""


def _history(check: str) -> list[Step]:
    return [
        Step(
            _("%(before)s → %(level)s: %(who)s")
            % {
                "before": words.named(change.before),
                "level": words.named(change.level),
                "who": called(change.by.get("name", "")),
            },
            change.at,
            change.why,
        )
        for change in queries.level_changes(check)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.LEVEL_CHANGED)
def level(request: HttpRequest, pk: str) -> HttpResponse:
    """The decision, with its reason, for the record."""
    one = found(queries.check, pk)
    if not one.check:
        raise Http404(f"{one.id} is only planned.")

    def do(answers: Mapping[str, str]) -> str:
        made = actions.change_level(one.id, answers["level"], why=answers["why"], by=me(request))
        words_now = words.named(made.level)
        return _("%(check)s is now at “%(level)s”.") % {"check": one.id, "level": words_now}

    question = Question(
        title=_("Change the level of %s") % one.id,
        text=_("%(title)s. It counts from the next look on; what is approved stays approved.")
        % {"title": one.title},
        act=_("Change the level"),
        back=reverse("policy:check", args=[one.id]),
    )
    form = LevelForm(one.check, request.POST or None, initial={"level": words.current(one)})
    return confirm(request, question, do, form=form)

"""The words to begin with, one of them, keep, change, remove."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from oyez.posts import actions, events, queries
from oyez.web import tongues
from oyez.web.beginnings.forms import HOLDING, KINDS, TEMPLATE, TemplateForm, initial
from oyez.web.confirming import Question, confirm
from oyez.web.failures import found
from oyez.web.numbers import number
from oyez.web.parts import Row
from oyez.web.rights import may, me, needs
from oyez.web.settings import entries

if TYPE_CHECKING:
    from oyez.posts.models import Template


@require_safe
def list_(request: HttpRequest) -> HttpResponse:
    """Holding statements first: who needs one is in a hurry."""
    holding, templates = queries.templates(HOLDING), queries.templates(TEMPLATE)
    context = {
        "sentence": _state(len(holding), len(templates)),
        "holding": [_row(one) for one in holding],
        "templates": [_row(one) for one in templates],
        "may_keep": may(request, events.TEMPLATE_KEPT),
    }
    return render(request, "beginnings/list.html", context)


def _state(holding: int, templates: int) -> str:
    if not holding and not templates:
        return ""
    said = [
        ngettext("%d holding statement", "%d holding statements", holding) % holding,
        ngettext("%d template", "%d templates", templates) % templates,
    ]
    return _("%s are ready.") % _(" and ").join(said)


def _row(one: Template) -> Row:
    meta = [one.purpose, tongues.name(one.language)]
    here = reverse("beginnings:show", args=[one.pk])
    return Row(one.name, here, " · ".join(filter(None, meta)), at=one.changed_at)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The words, what they are for, and how they came to be."""
    one = found(queries.template, pk)
    said = [
        (_("What it is"), dict(KINDS)[one.kind]),
        (_("When it is meant to be used"), one.purpose),
        (_("Language"), tongues.name(one.language)),
    ]
    context = {
        "one": one,
        "facts": entries.facts(said),
        "steps": entries.history(one),
        "use": f"{reverse('write:new')}?template={pk}" if may(request, events.STARTED) else "",
        "may_keep": may(request, events.TEMPLATE_KEPT),
    }
    return render(request, "beginnings/show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.TEMPLATE_KEPT)
def add(request: HttpRequest) -> HttpResponse:
    """A new one; `?message=7` begins it with the words of a message."""

    def do(answers: Mapping[str, Any]) -> str:
        return _("Kept %s.") % actions.keep_template(by=me(request), **answers)

    question = Question(
        _("Keep words to begin with"), _("Keep these words"), reverse("beginnings:list")
    )
    form = TemplateForm(request.POST or None, initial=_of_a_message(request))
    return confirm(request, question, do, form=form)


def _of_a_message(request: HttpRequest) -> dict[str, str]:
    if (pk := number(request.GET.get("message", ""))) is None:
        return {}
    draft = queries.draft_of(found(queries.one, pk))
    return {"text": draft.text, "language": draft.language}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.TEMPLATE_KEPT)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Its words or its purpose; messages that were begun with it stay as they are."""
    one = found(queries.template, pk)

    def do(answers: Mapping[str, Any]) -> str:
        return _("Kept %s.") % actions.keep_template(by=me(request), template=one, **answers)

    back = reverse("beginnings:show", args=[pk])
    question = Question(_("Change %s") % one, _("Keep these words"), back)
    form = TemplateForm(request.POST or None, initial=initial(one))
    return confirm(request, question, do, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.TEMPLATE_RETIRED)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody begins with it any more."""
    one = found(queries.template, pk)

    def do(answers: Mapping[str, str]) -> str:
        actions.retire_template(one, by=me(request))
        return _("Removed %s.") % one

    question = Question(
        title=_("Remove %s?") % one,
        text=_("Nobody can begin with it any more. Messages that were begun with it stay."),
        act=_("Remove it"),
        back=reverse("beginnings:list"),
        danger=True,
    )
    return confirm(request, question, do)

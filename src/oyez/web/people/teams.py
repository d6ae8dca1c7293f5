"""A new team; another name for one; an end to one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from oyez.people import actions, events, queries
from oyez.web.confirming import Question, confirm
from oyez.web.failures import found
from oyez.web.forms import Form
from oyez.web.rights import me, needs

ask_and_do = require_http_methods(["GET", "HEAD", "POST"])


class NameForm(Form):
    name = forms.CharField(
        label=later("Name of the team"),
        max_length=100,
        error_messages={"required": later("Give the team a name")},
    )


@ask_and_do
@needs(events.TEAM_MADE)
def add(request: HttpRequest) -> HttpResponse:
    """A team without people or channels yet."""
    question = Question(
        title=_("Make a team"),
        act=_("Make it"),
        back=reverse("people:list"),
        text=_("Put people into it on their pages, and give it channels on theirs."),
    )

    def do(answers: Mapping[str, Any]) -> str:
        return _("Made the team %s.") % actions.make_team(answers["name"], by=me(request))

    return confirm(request, question, do, form=NameForm(request.POST or None))


@ask_and_do
@needs(events.TEAM_RENAMED)
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """The same team under another name, and the way to end it."""
    team = found(queries.one_team, pk)
    question = Question(
        title=_("The team %s") % team.name,
        act=_("Save"),
        back=reverse("people:list"),
        template="people/team.html",
    )

    def do(answers: Mapping[str, Any]) -> str:
        return _("It is called %s.") % actions.rename_team(team, answers["name"], by=me(request))

    form = NameForm(request.POST or None, initial={"name": team.name})
    return confirm(request, question, do, form=form, team=team)


@ask_and_do
@needs(events.TEAM_ENDED)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Only of one in which nobody is and which owns nothing."""
    team = found(queries.one_team, pk)
    question = Question(
        title=_("End the team %s?") % team.name,
        act=_("End it"),
        back=reverse("people:list"),
        text=_("It must have neither people nor channels any more."),
        danger=True,
    )

    def do(answers: object) -> str:
        actions.end_team(team, by=me(request))
        return _("Ended the team.")

    return confirm(request, question, do)

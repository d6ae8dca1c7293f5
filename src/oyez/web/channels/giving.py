"""Whose is a channel? A team's, or the whole house's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from oyez.channels import actions, events, queries
from oyez.people import queries as people
from oyez.web.confirming import Question, confirm
from oyez.web.failures import found
from oyez.web.forms import Form
from oyez.web.rights import me, needs

EVERYBODY = ""


class TeamForm(Form):
    """One of the teams, or nobody's."""

    team = forms.ChoiceField(label=later("Who acts on it?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        team: Any = self.fields["team"]
        teams = [(str(one.pk), one.name) for one in people.teams()]
        team.choices = [(EVERYBODY, _("The whole house")), *teams]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.GIVEN, queries.one)
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the team; who is outside it can read on, and act no more."""
    channel = found(queries.one, pk)
    question = Question(
        title=_("Whose is %s?") % channel.name,
        text=_(
            "Only people of its team, people in no team and administrators write for it, approve "
            "for it and change its feeds. Everybody can read what goes out there. What is "
            "approved already still goes out."
        ),
        act=_("Save"),
        back=reverse("channels:show", args=[pk]),
    )

    def do(answers: Mapping[str, Any]) -> str:
        team = people.one_team(int(answers["team"])) if answers["team"] else None
        given = actions.give_to(channel, team, by=me(request))
        if given.team is None:
            return _("%s belongs to the whole house.") % given.name
        return _("%(channel)s belongs to %(team)s.") % {"channel": given.name, "team": given.team}

    form = TeamForm(request.POST or None, initial={"team": channel.team_id or EVERYBODY})
    return confirm(request, question, do, form=form)

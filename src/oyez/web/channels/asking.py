"""Who must approve what goes to a channel? Up to three steps, one after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_http_methods

from oyez.channels import queries
from oyez.decisions import actions, events, rules
from oyez.decisions import queries as decisions
from oyez.decisions.rules import Asked
from oyez.ledger.actor import Refusal
from oyez.people import queries as people
from oyez.people.rules import ADMINISTRATOR, APPROVER, DUTIES, OFFICER
from oyez.web.forms import Form
from oyez.web.rights import me, needs

if TYPE_CHECKING:
    from oyez.channels.models import Channel
    from oyez.people.models import Person

STEPS = (1, 2, 3)
NEEDS = (
    (rules.ANY, later("Any one of them")),
    (rules.ALL, later("All of them")),
    (rules.QUORUM, later("So many of them")),
)


class StepsForm(Form):
    """Three steps; one that names nobody is left out."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = [(str(person.pk), person.name) for person in people.everyone()]
        for number in STEPS:
            for name, field in _fields(here).items():
                self.fields[f"{name}_{number}"] = field

    def steps_shown(self) -> Iterator[tuple[int, list[BoundField]]]:
        """The fields of each step, for the page."""
        for number in STEPS:
            names = ("role", "people", "need", "count")
            yield number, [self[f"{name}_{number}"] for name in names]

    def steps(self) -> list[Asked]:
        """As the action takes them."""
        found = [self._step(number) for number in STEPS]
        return [step for step in found if step.role or step.people]

    def _step(self, number: int) -> Asked:
        given = {name: self.cleaned_data.get(f"{name}_{number}") for name in NAMES}
        named = tuple(sorted(int(pk) for pk in given["people"] or ()))
        return Asked(given["need"] or rules.ANY, given["count"] or 1, given["role"] or "", named)


NAMES = ("role", "people", "need", "count")


def _fields(here: list[tuple[str, str]]) -> dict[str, forms.Field]:
    return {
        "role": forms.ChoiceField(
            label=_("Everybody who is"),
            choices=[("", _("(no role)")), *((role, called(role)) for role in ROLES)],
            required=False,
        ),
        "people": forms.MultipleChoiceField(
            label=_("And these people"),
            choices=here,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        ),
        "need": forms.ChoiceField(label=_("How many must say yes?"), choices=NEEDS, required=False),
        "count": forms.IntegerField(
            label=_("If so many: how many?"),
            min_value=1,
            max_value=20,
            required=False,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
            error_messages=dict.fromkeys(
                ("invalid", "min_value", "max_value"), _("Enter a number from 1 to 20")
            ),
        ),
    }


ROLES = (APPROVER, OFFICER, ADMINISTRATOR, *DUTIES)


def called(role: str) -> str:
    """ "Monitoring officer"."""
    return str(capfirst(role.replace("_", " ")))


def initial(channel: Channel) -> dict[str, Any]:
    """How the fields stand."""
    found: dict[str, Any] = {}
    for number, step in enumerate(decisions.steps_for([channel]), start=1):
        given = (step.role, [str(pk) for pk in step.people], step.need, step.count)
        found |= {f"{name}_{number}": value for name, value in zip(NAMES, given, strict=True)}
    return found


def in_words(channel: Channel) -> str:
    """Who must approve, in a sentence."""
    steps = decisions.steps_for([channel])
    if not steps:
        return _("Nobody besides an author who may publish")
    able = decisions.deciders(channel)
    return "; ".join(_step_in_words(step, able) for step in steps)


def _step_in_words(step: Asked, able: Sequence[Person]) -> str:
    words = {"who": decisions.named(step, able), "count": step.count}
    if step.need == rules.ALL:
        return _("all of %(who)s") % words
    if step.need == rules.QUORUM:
        return _("%(count)d of %(who)s") % words
    return _("any one of %(who)s") % words


@require_http_methods(["GET", "HEAD", "POST"])
@needs(events.STEPS_SET, queries.one)
def steps(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose who must approve what goes there."""
    channel = get_object_or_404(queries.linked(), pk=pk)
    given = request.POST if request.method == "POST" else None  # nothing ticked is an answer
    form = StepsForm(given, initial=initial(channel))
    if form.is_valid():
        try:
            actions.set_steps(channel, form.steps(), by=me(request))
            messages.success(request, _("From now on: %s.") % in_words(channel))
            return redirect("channels:show", pk)
        except Refusal as refusal:
            form.add_error("role_1", str(refusal))
    context = {"channel": channel, "form": form}
    return render(request, "channels/steps.html", context, status=422 if form.errors else 200)

"""What is asked about somebody: who they are, what they are here for, and with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as later

from oyez.people import queries, rules
from oyez.web.forms import Form
from oyez.web.people import words
from oyez.web.signin.forms import email as email_field

if TYPE_CHECKING:
    from oyez.people.models import Person


class AddressForm(Form):
    email = email_field(autocomplete="off")


class RoleForm(Form):
    """What they are here for. Making an administrator takes a second one, and a reason helps."""

    role = forms.ChoiceField(
        label=later("What is this person here for?"),
        widget=forms.RadioSelect,
        error_messages={"required": later("Choose a role")},
    )
    duties = forms.MultipleChoiceField(
        label=later("Duties"),
        help_text=later("Somebody whom the law or the house asks by this name."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    teams = forms.MultipleChoiceField(
        label=later("Teams"),
        help_text=later(
            "Who is in a team acts on its channels and on those of the whole house. Who is in none "
            "acts everywhere."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    why = forms.CharField(
        label=later("Why? (for an administrator)"),
        help_text=later("The administrator who has to confirm it reads this."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = [
            (name, f"{words.named(name)}: {says}") for name, says in words.ROLES.items()
        ]
        duties: Any = self.fields["duties"]
        duties.choices = [(duty, words.named(duty)) for duty in rules.DUTIES]
        teams: Any = self.fields["teams"]
        teams.choices = [(str(team.pk), team.name) for team in queries.teams()]
        if not teams.choices:
            del self.fields["teams"]


class InviteForm(RoleForm):
    """Who they are, then what they are here for."""

    email = forms.EmailField(
        label=later("E-mail address"),
        error_messages={
            "required": later("Enter their e-mail address"),
            "invalid": later("Enter an e-mail address, such as name@example.gov.uk"),
        },
    )
    name = forms.CharField(
        label=later("Name"), max_length=200, error_messages={"required": later("Enter their name")}
    )
    field_order = ("name", "email")


def now(person: Person) -> dict[str, Any]:
    """How the fields stand."""
    teams = [str(team.pk) for team in queries.teams_of(person)]
    return {"role": person.role, "duties": person.duties, "teams": teams}

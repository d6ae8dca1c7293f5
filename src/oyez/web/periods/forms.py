"""What do we ask about a period? First which kind and polling day, then its days and words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from oyez.emergency import queries, rules
from oyez.kit.workdays import ENGLAND, NATIONS
from oyez.ledger.actor import Refusal
from oyez.web import days
from oyez.web.forms import Form
from oyez.web.periods.words import KINDS


class First(Form):
    """Step one: what kind of period, and from which poll its days follow."""

    kind = forms.ChoiceField(
        label=later("Kind of period"), choices=list(KINDS.items()), widget=forms.RadioSelect
    )
    polling_on = days.field(
        later("Polling day"),
        later("Only for an election or a referendum. We compute the first day from it."),
        required=False,
    )
    nation = forms.ChoiceField(
        label=later("Whose bank holidays count"),
        choices=[(nation, nation) for nation in NATIONS],
        initial=ENGLAND,
    )

    def clean(self) -> dict[str, Any]:
        """Can the days be computed? Else say why before going on."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("kind") not in rules.WITH_A_POLL or "polling_on" in self.errors:
            return said
        if not said.get("polling_on"):
            self.add_error("polling_on", _("Enter the polling day"))
            return said
        try:
            queries.proposed(said["kind"], said["polling_on"], said.get("nation", ENGLAND))
        except Refusal as why:
            self.add_error("polling_on", str(why))
        return said


class Whole(Form):
    """Step two, and every change: its words and its days."""

    name = forms.CharField(
        label=later("Name of the period"),
        help_text=later("Everybody reads it while it lasts, such as “County election 2027”."),
        max_length=rules.LONGEST["name"],
    )
    polling_on = days.field(later("Polling day"))
    begins_on = days.field(later("First day"), later("It begins at midnight."))
    ends_on = days.field(
        later("Last day"),
        later("It ends with the day; on the polling day, when the polls close at 22:00."),
    )
    area = forms.CharField(
        label=later("Area"),
        help_text=later("Such as a ward. Leave it empty for everywhere."),
        max_length=rules.LONGEST["area"],
        required=False,
    )
    note = forms.CharField(
        label=later("Note"),
        max_length=rules.LONGEST["note"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, with_poll: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_poll:
            del self.fields["polling_on"]

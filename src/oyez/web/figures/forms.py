"""What do we ask about a party, a candidate or a councillor, and about a topic?"""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as later

from oyez.web import days
from oyez.web.forms import Form
from oyez.web.settings import entries

KINDS = {
    "party": later("Party"),
    "candidate": later("Candidate"),
    "councillor": later("Councillor"),
}


class FigureForm(Form):
    """Public roles only: nothing else about anybody belongs here."""

    name = entries.line(later("Name of the party or person"), required=True)
    kind = forms.ChoiceField(
        label=later("Kind"), choices=list(KINDS.items()), widget=forms.RadioSelect
    )
    area = entries.line(later("Area"), later("Such as a ward. Leave it empty for everywhere."))
    handles = entries.Lines(later("Handles"), later("As each network writes them. One a line."))
    aliases = entries.Lines(later("Other names"), later("Such as “Cllr Bow”. One a line."))
    from_on = days.field(later("First day"), required=False)
    to_on = days.field(
        later("Last day"), later("Such as the polling day, for a candidate."), required=False
    )


class TopicForm(Form):
    """A few words, and until when."""

    words = entries.line(
        later("Topic"), later("The words a message would use, such as “leisure centre”."),
        required=True,
    )  # fmt: skip
    until = days.field(
        later("Last day"), later("Leave it empty for until further notice."), required=False
    )

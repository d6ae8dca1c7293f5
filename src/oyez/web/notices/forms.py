"""What do we ask about notices? A way for each topic, the hour of the digest, the days away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oyez.notices import rules
from oyez.people import queries as people
from oyez.web.forms import Form
from oyez.web.notices.words import WAYS

if TYPE_CHECKING:
    from oyez.people.models import Person


NO_DAY = _("Enter a day that exists, such as 24/11/2026")


class InARow(forms.RadioSelect):
    """Small radio buttons beside each other, for many questions with the same answers."""

    template_name = "notices/radios.html"


class ChoosingForm(Form):
    """One row of radio buttons a topic."""

    digest_at = forms.TimeField(
        label=_("When should the daily e-mail come?"),
        help_text=_("For example, 08:00. It comes only when there is something you have not read."),
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5"}),
        error_messages=dict.fromkeys(
            ["required", "invalid"], _("Enter a time of day, such as 08:00")
        ),
    )

    def __init__(self, ways: Mapping[str, str], at: time, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={**ways, "digest_at": at}, **kwargs)
        for topic in rules.CHOSEN.values():
            self.fields[topic.name] = forms.ChoiceField(
                label=str(topic.label),
                choices=[(way, WAYS[way]) for way in topic.ways],
                widget=InARow,
                error_messages={"required": _("Choose how you are told")},
            )
        self.order_fields([*rules.CHOSEN, "digest_at"])

    def ways(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in rules.CHOSEN}


def _day() -> forms.DateInput:
    return forms.DateInput(
        format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input--width-10"}
    )


class AwayForm(Form):
    """From when to when, and who answers meanwhile."""

    from_on = forms.DateField(
        label=_("First day away"), widget=_day(), error_messages={"invalid": NO_DAY}
    )
    until_on = forms.DateField(
        label=_("Last day away"),
        help_text=_("You are back the day after."),
        widget=_day(),
        error_messages={"invalid": NO_DAY},
    )
    deputy = forms.ChoiceField(label=_("Who answers for you?"), required=False)

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [(str(one.pk), one.name) for one in people.everyone() if one.pk != person.pk]
        deputy = self.fields["deputy"]
        assert isinstance(deputy, forms.ChoiceField)
        deputy.choices = [("", _("Nobody")), *others]

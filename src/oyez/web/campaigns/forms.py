"""What do we ask about a campaign?"""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as later

from oyez.strategy import rules
from oyez.web import days
from oyez.web.forms import Form
from oyez.web.settings import entries


class CampaignForm(Form):
    """Its aim, its days and the evidence that it was planned."""

    name = entries.line(later("Name of the campaign"), required=True)
    tag = forms.CharField(
        label=later("Tag in links"),
        help_text=later("Such as winter-ready. It follows from the name if you leave it empty."),
        max_length=rules.LONGEST["tag"],
        required=False,
    )
    objective = entries.text(later("What should change?"))
    audience = entries.text(later("For whom?"))
    measure = entries.text(later("How is it measured?"))
    owner = entries.line(later("Who owns it?"))
    begins_on = days.field(later("First day"), required=False)
    ends_on = days.field(later("Last day"), required=False)
    planned_on = days.field(
        later("Planned on"), later("The day of the oldest evidence of a plan."), required=False
    )
    plan = entries.text(later("Where the plan can be read"))
    significant = forms.BooleanField(
        label=later("It is significant: before an election it may not begin unplanned"),
        required=False,
    )

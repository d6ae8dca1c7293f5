"""What do we ask about a partner?"""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as later

from oyez.partners.rules import partners as rules
from oyez.web import days
from oyez.web.forms import Form
from oyez.web.settings import entries

ONE_A_LINE = later("One a line.")
KINDS = {
    "emergency": later("Emergency service"),
    "health": later("Health"),
    "council": later("Council"),
    "government": later("Government or agency"),
    "voluntary": later("Voluntary organisation"),
    "business": later("Business"),
    "other": later("Something else"),
}


class PartnerForm(Form):
    """Who they are, what was agreed until when, and how we know them when we see them."""

    name = entries.line(later("Name of the partner"), required=True)
    kind = forms.ChoiceField(label=later("Kind"), choices=list(KINDS.items()), initial="other")
    contact_name = entries.line(later("Whom to ask"))
    contact_email = forms.EmailField(
        label=later("Their e-mail address"),
        required=False,
        max_length=rules.LONGEST["contact_email"],
        error_messages={"invalid": later("Enter an e-mail address, such as name@example.org")},
    )
    agreement = entries.text(later("What was agreed"))
    agreement_until = days.field(
        later("Agreed until"), later("The last day. Leave it empty if no end is agreed."),
        required=False,
    )  # fmt: skip
    areas = entries.Lines(later("Areas"), ONE_A_LINE)
    domains = entries.Lines(later("Domains"), later("Such as example.org. One a line."))
    handles = entries.Lines(
        later("Their channels"), later("Handles as each network writes them. One a line.")
    )
    feeds = entries.Lines(later("Their feeds"), later("Whole web addresses. One a line."))
    note = entries.text(later("Note"))
    verified_on = days.field(
        later("Verified on"), later("The day somebody asked them whether this is right."),
        required=False,
    )  # fmt: skip

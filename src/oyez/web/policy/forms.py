"""What do we ask about the policy: a version, a level, what to try, what the house is?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from oyez.decisions.queries import NOT_KEPT
from oyez.policy import facts, registry, rules
from oyez.policy.contract import Check
from oyez.web import days
from oyez.web.forms import Form
from oyez.web.policy.words import levels_for

CHANGES = 3
NOTHING = ("", later("No change"))


class VersionForm(Form):
    """A version to publish."""

    number = forms.CharField(
        label=later("Number of the version"),
        help_text=later("Such as 3.2; higher than the last one’s."),
        max_length=20,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5"}),
    )
    text = forms.CharField(
        label=later("Text of the policy"),
        help_text=later(
            "A heading such as “## 2.1 Personal data” begins a clause. A line “Checks: PR-1, PR-2” "
            "in it names the checks that enforce it."
        ),
        max_length=rules.LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 20}),
    )
    owner = forms.CharField(label=later("Owner"), max_length=200, required=False)
    approver = forms.CharField(label=later("Approved by"), max_length=200, required=False)
    approved_on = days.field(later("Approved on"), required=False)
    review_on = days.field(later("To be reviewed on"), required=False)


class LevelForm(Form):
    """A decision on one check."""

    level = forms.ChoiceField(label=later("Level"), widget=forms.RadioSelect)
    why = forms.CharField(
        label=later("Why?"),
        help_text=later("The reason is kept and everybody can read it."),
        max_length=rules.LONGEST_WHY,
        error_messages={"required": later("Say why. The reason is kept")},
    )

    def __init__(self, check: Check, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["level"]
        field.choices = levels_for(check.level)


def _named(check: Check) -> tuple[str, str]:
    return check.id, f"{check.id} {check.title}"


class TryForm(Form):
    """A check, a level, and how far back."""

    check = forms.ChoiceField(label=later("Check"))
    level = forms.ChoiceField(label=later("At the level"), choices=levels_for())
    last = forms.TypedChoiceField(
        label=later("On how many messages"),
        choices=[(count, later("The last %s") % f"{count:,}") for count in (100, 500, 1000)],
        coerce=int,
        initial=500,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["check"]
        field.choices = [_named(one) for one in registry.CHECKS if one.id not in NOT_KEPT]

    def clean(self) -> dict[str, Any]:
        """May this check have this level?"""
        said: dict[str, Any] = super().clean() or {}
        check, level = said.get("check"), said.get("level")
        if check and level and (problem := rules.wrong_level(registry.by_id(check), level)):
            self.add_error("level", problem)
        return said


class ReplayForm(Form):
    """A text or a message, and up to three changed levels."""

    text = forms.CharField(
        label=later("Words"),
        help_text=later("As they would be said on every channel. Or give a message below."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=20_000,
        required=False,
    )
    message = forms.IntegerField(
        label=later("Number of a message"),
        help_text=later("It stands at the end of the address of its page."),
        min_value=1,
        max_value=2**63 - 1,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
        error_messages={"invalid": later("Enter a number, such as 12")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        checks: list[tuple[str, str | Promise]] = [NOTHING, *map(_named, registry.CHECKS)]
        levels: list[tuple[str, str | Promise]] = [NOTHING, *levels_for()]
        for number in range(1, CHANGES + 1):
            self.fields[f"check_{number}"] = forms.ChoiceField(
                label=_("Changed check %d") % number, choices=checks, required=False
            )
            self.fields[f"level_{number}"] = forms.ChoiceField(
                label=_("Its level %d") % number, choices=levels, required=False
            )

    def clean(self) -> dict[str, Any]:
        """Either a text or a message, and changes that make sense."""
        said: dict[str, Any] = super().clean() or {}
        if "message" not in self.errors and bool(said.get("text")) == bool(said.get("message")):
            self.add_error("text", _("Enter either the words or the number of a message"))
        for number in range(1, CHANGES + 1):
            check, level = said.get(f"check_{number}"), said.get(f"level_{number}")
            if bool(check) != bool(level):
                name = "level" if check else "check"
                self.add_error(f"{name}_{number}", _("Select both the check and its level"))
            elif check and (problem := rules.wrong_level(registry.by_id(check), str(level))):
                self.add_error(f"level_{number}", problem)
        return said

    def changes(self) -> dict[str, str]:
        said = self.cleaned_data
        numbers = [str(number) for number in range(1, CHANGES + 1)]
        return {said[f"check_{n}"]: said[f"level_{n}"] for n in numbers if said[f"check_{n}"]}


def _lines(label: Any, help_text: Any, rows: int = 3, required: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=help_text, widget=widget, required=required)


class HouseForm(Form):
    """What the checks know of the house; each field is a key of policy’s facts."""

    own_contacts = _lines(
        later("Our own telephone numbers and e-mail addresses"),
        later("One on each line. They are never taken for personal data."),
    )
    own_domains = _lines(
        later("Our own domains"),
        later("One on each line, such as council.example. Links to them are ours."),
    )
    shorteners = _lines(later("Our own link shorteners"), later("One on each line."), rows=2)
    hours = forms.CharField(
        label=later("When somebody is on shift"),
        help_text=later("Such as mon-fri 09:00-17:00 or mon,wed 08:30-12:00; or never."),
        max_length=facts.LONGEST_LINE,
    )
    languages = _lines(
        later("Languages in which we must speak"),
        later("One code on each line, such as en and cy. Each message then needs all of them."),
        rows=2,
        required=True,
    )
    own_words = _lines(
        later("Names of our places and of storms"),
        later("One on each line, so that hashtags with them are read well."),
    )

    def clean(self) -> dict[str, Any]:
        """Can each be kept?"""
        said: dict[str, Any] = super().clean() or {}
        for key in self.fields:
            if key not in self.errors and (problem := facts.wrong(key, self.lines(key))):
                self.add_error(key, problem)
        return said

    def lines(self, key: str) -> list[str]:
        return facts.tidy(str(self.cleaned_data.get(key, "")).splitlines())

"""What do we ask about words to begin with?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as later

from oyez.web import tongues
from oyez.web.forms import Form, needed

if TYPE_CHECKING:
    from oyez.posts.models import Template

TEMPLATE, HOLDING = "template", "holding"
KINDS = (
    (TEMPLATE, later("A template, for what we say often")),
    (HOLDING, later("A holding statement, for the first minutes when facts are missing")),
)


class TemplateForm(Form):
    """Its name, what it is for, and the words."""

    name = forms.CharField(
        label=later("Name"),
        max_length=100,
        error_messages={"required": later("Give it a name that colleagues will find")},
    )
    kind = forms.ChoiceField(
        label=later("What is it?"),
        choices=KINDS,
        initial=TEMPLATE,
        widget=forms.RadioSelect,
        error_messages={"required": later("Say what it is")},
    )
    purpose = needed(
        forms.CharField(
            label=later("When is it meant to be used?"),
            help_text=later("Such as “First hour of a flood”. A holding statement must say it."),
            required=False,
            max_length=200,
        )
    )
    text = forms.CharField(
        label=later("Words to begin with"),
        help_text=later("Write … where something must be filled in."),
        strip=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": later("Enter the words to begin with")},
    )
    language = forms.ChoiceField(label=later("Language"), initial="en")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language: Any = self.fields["language"]
        language.choices = tongues.choices(self.initial.get("language", ""))

    def clean(self) -> None:
        given = self.cleaned_data
        if given.get("kind") == HOLDING and not given.get("purpose"):
            self.add_error("purpose", later("Say when this holding statement is meant to be used"))


def initial(template: Template) -> dict[str, str]:
    """How the fields of a template stand."""
    names = ("name", "kind", "purpose", "text", "language")
    return {name: getattr(template, name) for name in names}

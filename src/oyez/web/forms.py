"""How does a form say that something is missing? "Enter a name", never "This field is required"."""

from __future__ import annotations

from typing import Any, TypeVar

from django import forms
from django.utils.translation import gettext as _


class Form(forms.Form):
    """A Django form whose missing answers are asked for in plain words.

    A field with an `error_messages={"required": …}` of its own keeps it.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if (
                field.error_messages.get("required")
                == forms.Field.default_error_messages["required"]
            ):
                field.error_messages["required"] = ask_for(field, str(self[name].label))


AnyField = TypeVar("AnyField", bound=forms.Field)


def needed(field: AnyField) -> AnyField:
    """A field that may be empty as far as it knows, and is asked for where others say so: it is
    not called optional.
    """
    field.needed = True  # type: ignore[attr-defined]
    return field


def ask_for(field: forms.Field, label: str) -> str:
    """The sentence for an empty field: "Enter the feed address", "Select one or more channels"."""
    words = {"label": in_a_sentence(label)}
    if isinstance(field, forms.BooleanField):
        return _("Tick “%(label)s”") % {"label": label}
    if isinstance(field, forms.MultipleChoiceField):
        return _("Select one or more %(label)s") % words
    if isinstance(field, forms.ChoiceField):
        return _("Select the %(label)s") % words
    if isinstance(field, forms.FileField):
        return _("Choose a file for the %(label)s") % words
    return _("Enter the %(label)s") % words


def in_a_sentence(label: str) -> str:
    """The label with a small first letter, except after an abbreviation: "RSS address"."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]

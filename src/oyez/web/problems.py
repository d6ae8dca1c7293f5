"""What is wrong with what was sent? Read from every form on the page, so none forgets it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm, BoundField
from django.template.context import Context


@dataclass(frozen=True, slots=True)
class Problem:
    """One sentence, and the part of the page it is about ("#id_name"); empty: no one field."""

    sentence: str
    href: str = ""
    lang: str = ""  # where the page speaks another; what the house refuses is said in English


def on_the_page(context: Context) -> list[Problem]:
    """The view's own `problems` (a list of Problem) and the errors of every bound form it gave."""
    known: dict[Any, Any] = context.flatten()
    own: list[Problem] = known.get("problems") or []
    forms = {id(value): value for value in known.values() if _is_a_wrong_form(value)}
    return [*own, *(problem for form in forms.values() for problem in of_form(form))]


def _is_a_wrong_form(value: Any) -> bool:
    # By type, not isinstance: that would wake the lazy `user` and `csrf_token` of every page.
    return issubclass(type(value), BaseForm) and value.is_bound and bool(value.errors)


def of_form(form: BaseForm) -> Iterator[Problem]:
    """The form's problems in the order of its fields, those of the whole form first."""
    errors: Mapping[str, Any] = form.errors
    fields = [form[name] for name in form.fields]
    first = next((field for field in fields if not field.is_hidden), None)
    for sentence in form.non_field_errors():
        yield Problem(str(sentence), target(first) if first else "")
    for field in fields:
        for sentence in errors.get(field.name, []):
            yield Problem(str(sentence), target(field))


def target(field: BoundField) -> str:
    """Where a link to this field goes: the input itself, or the first of several choices."""
    if not field.auto_id or field.is_hidden:
        return ""
    return f"#{field.auto_id}_0" if field.use_fieldset else f"#{field.id_for_label}"

"""What do the pages of small registers share? Lists one a line, facts that are said, a history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _

from oyez.ledger import queries as ledger
from oyez.ledger.events import saying
from oyez.web import days
from oyez.web.parts import Fact, Step
from oyez.web.who import called

if TYPE_CHECKING:
    from django.db.models import Model
    from django.utils.functional import _StrPromise


class Lines(forms.CharField):
    """Several short answers, one a line; the cleaned value is a tuple."""

    def __init__(self, label: str | _StrPromise, help_text: str | _StrPromise = "") -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            required=False,
            max_length=20_000,
            widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        )

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        return tuple(line for line in super().clean(value).splitlines() if line.strip())


def text(label: str | _StrPromise, help_text: str | _StrPromise = "") -> forms.CharField:
    """A few sentences, which may be left out."""
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=help_text, required=False, widget=area)


def line(
    label: str | _StrPromise, help_text: str | _StrPromise = "", *, required: bool = False
) -> forms.CharField:
    return forms.CharField(label=label, help_text=help_text, max_length=200, required=required)


def facts(said: Iterable[tuple[str, object]]) -> list[Fact]:
    """Those that somebody has said."""
    return [Fact(key, _shown(value)) for key, value in said if value]


def _shown(value: object) -> str:
    if isinstance(value, date):
        return days.in_words(value)
    if isinstance(value, list | tuple):
        return ", ".join(str(entry) for entry in value)
    return str(value)


def history(on: Model) -> list[Step]:
    """Who did what with this entry, oldest first."""
    said = _("%(what)s: %(who)s")
    return [
        Step(said % {"what": saying(event.kind), "who": called(event.by_name or "")}, event.at)
        for event in ledger.history(on)
    ]

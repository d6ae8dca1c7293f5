"""What of the record does somebody want to see?"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from oyez.ledger import queries
from oyez.ledger.queries import Wanted
from oyez.people import queries as people
from oyez.web import days
from oyez.web.audit.things import AREAS
from oyez.web.forms import Form

MACHINES = [
    ("job:", later("Oyez by itself")),
    ("feed:", later("Feeds, by their standing decisions")),
    ("console:", later("The command line")),
    ("reviewer:", later("Guests with a preview link")),
    ("public:", later("The public form")),
]


class Filter(Form):
    """All may stay empty; `on` comes from a link and has no field of its own to see."""

    who = forms.ChoiceField(label=later("Who"), required=False)
    what = forms.ChoiceField(label=later("About what"), required=False)
    since = days.field(later("From"), required=False)
    until = days.field(later("To"), required=False)
    on = forms.CharField(required=False, max_length=150, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody = [(f"person:{one.pk}", str(one)) for one in people.everybody_ever()]
        self.fields["who"].choices = [("", _("Anybody")), *everybody, *MACHINES]  # type: ignore[attr-defined]
        areas = sorted((str(AREAS.get(area, area)), area) for area in queries.areas())
        self.fields["what"].choices = [  # type: ignore[attr-defined]
            ("", _("Anything")),
            *((area, label) for label, area in areas),
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        since, until = said.get("since"), said.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day must not be before the first"))
        return said

    def wanted(self, before: tuple[datetime, int] | None) -> Wanted:
        """Of a valid form."""
        said = self.cleaned_data
        return Wanted(
            who=_pair(said["who"]),
            what=said["what"],
            on=_pair(said["on"]),
            since=self.span()[0],
            until=self.span()[1],
            before=before,
        )

    def span(self) -> tuple[datetime | None, datetime | None]:
        """From the first day’s beginning to the last one’s end, in the house’s time."""
        since, until = self.cleaned_data["since"], self.cleaned_data["until"]
        return _begin(since), _begin(until + timedelta(days=1)) if until else None


def _begin(day: date | None) -> datetime | None:
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE)) if day else None


def _pair(said: str) -> tuple[str, str] | None:
    kind, _colon, number = said.partition(":")
    return (kind, number) if kind else None

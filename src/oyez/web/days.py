"""How does a form ask for a day, and how does a page say one?"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as later

from oyez.kit import walltime

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


IN_OUR_AGE = [
    MinValueValidator(date(2000, 1, 1), later("Enter a day of this age, such as 2027-05-06")),
    MaxValueValidator(date(2200, 1, 1), later("Enter a day of this age, such as 2027-05-06")),
]
"""Before and after, no time zone can be reckoned with."""


def in_words(day: date) -> str:
    """ "31 March 2027"."""
    return date_format(day, "j F Y")


def which() -> forms.TypedChoiceField:
    """Asked only where `asks_which` says so."""
    return forms.TypedChoiceField(
        label=later("The clocks show this time twice. Which do you mean?"),
        choices=((0, later("The first, in summer time")), (1, later("The second, an hour later"))),
        coerce=int,
        required=False,
        empty_value=None,
        widget=forms.RadioSelect,
    )


def asks_which(form: forms.Form) -> bool:
    """Is the time in the fields `day` and `hour`, as given or as it stands, one of two?"""
    given = form.cleaned_data if form.is_bound and form.errors is not None else form.initial
    day, hour = given.get("day"), given.get("hour")
    return bool(day and hour and walltime.is_twice(datetime.combine(day, hour), settings.TIME_ZONE))


def field(
    label: str | _StrPromise, help_text: str | _StrPromise = "", **more: Any
) -> forms.DateField:
    """A day as the browser asks for one, or written 2027-05-06 or 6/5/2027."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"],
        widget=forms.DateInput(
            format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input--width-10"}
        ),
        error_messages={"invalid": later("Enter a real day, such as 2027-05-06")},
        validators=IN_OUR_AGE,
        **more,
    )

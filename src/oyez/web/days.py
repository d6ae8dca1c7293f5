"""How does a form ask for a day, and how does a page say one?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as later

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

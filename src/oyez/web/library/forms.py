"""What do the library's forms ask, and what is said when an answer is missing?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as later

from oyez.channels import queries as channels
from oyez.library import rules
from oyez.web.forms import Form

if TYPE_CHECKING:
    from oyez.library.models import Attachment

_PLACES = (0.0, 0.5, 1.0)
_ROWS = (
    (later("Top left"), later("Top"), later("Top right")),
    (later("Left"), later("Middle"), later("Right")),
    (later("Bottom left"), later("Bottom"), later("Bottom right")),
)
POINTS = [
    (f"{x} {y}", _ROWS[row][column])
    for row, y in enumerate(_PLACES)
    for column, x in enumerate(_PLACES)
]
PEOPLE = (
    ("yes", later("Yes, somebody can be recognised")),
    ("no", later("No, nobody can be recognised")),
)


class FileForm(Form):
    """Step one: the file alone. What it is called and says comes after it was cleaned."""

    file = forms.FileField(
        label=later("Picture or film"),
        help_text=later(
            "JPEG, PNG, WebP or GIF up to 30 MB; MP4, MOV or WebM up to 200 MB. "
            "Where it was taken, by whom and with what is removed."
        ),
        error_messages={
            "required": later("Choose a picture or film"),
            "empty": later("This file is empty. Choose another one"),
        },
        max_length=500,
    )


class CaptionsForm(Form):
    file = forms.FileField(
        label=later("Captions file"),
        help_text=later("WebVTT (.vtt) or SubRip (.srt), up to 1 MB."),
        error_messages={
            "required": later("Choose a captions file"),
            "empty": later("This file is empty. Choose another one"),
        },
        max_length=500,
    )


class DescribeForm(Form):
    """What a picture says, whose it is, whom it shows, and what matters in it."""

    alt = forms.CharField(
        label=later("Alt text"),
        help_text=later(
            "What it shows, for those who do not see it. Start with what matters; "
            "repeat the words of a poster."
        ),
        error_messages={"required": later("Say what it shows, or that it is decorative")},
        max_length=rules.ALT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    decorative = forms.BooleanField(
        label=later("It is decorative: it says nothing that the words do not say"), required=False
    )
    licence = forms.CharField(
        label=later("Licence"),
        help_text=later("Why we may use it, such as “Our own” or “CC BY 4.0”."),
        required=False,
        max_length=200,
    )
    source = forms.CharField(
        label=later("Source"),
        help_text=later("Who made it, or where it came from."),
        required=False,
        max_length=300,
    )
    people = forms.ChoiceField(
        label=later("Does it show people?"),
        choices=PEOPLE,
        required=False,
        widget=forms.RadioSelect,
    )
    politician = forms.BooleanField(
        label=later("A councillor, candidate or other politician is in it"), required=False
    )
    focus = forms.ChoiceField(
        label=later("The point that matters"),
        help_text=later("It stays in when a network cuts the picture."),
        choices=POINTS,
        widget=forms.RadioSelect,
    )
    transcript = forms.CharField(
        label=later("Transcript"),
        help_text=later("What is said in it, for those who do not hear it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, one: Attachment, data: Any = None) -> None:
        super().__init__(data, initial=None if data else _now(one))
        for name in ("decorative", "focus") if one.is_film else ("transcript",):
            del self.fields[name]
        said_decorative = data.get("decorative") if data else one.decorative
        self.fields["alt"].required = not one.is_film and not said_decorative

    def clean(self) -> None:
        alt, decorative = self.cleaned_data.get("alt", ""), self.cleaned_data.get("decorative")
        if wrong := rules.wrong_words(alt, bool(decorative)):
            self.add_error("alt", wrong)

    def said(self) -> dict[str, Any]:
        """The answers, as the action takes them."""
        answers = dict(self.cleaned_data)
        people = answers.pop("people")
        answers["shows_people"] = {"yes": True, "no": False}.get(people)
        if focus := answers.get("focus"):
            x, y = focus.split()
            answers["focus"] = (float(x), float(y))
        return answers


class ConsentForm(Form):
    """One pictured person's yes."""

    who = forms.CharField(
        label=later("Who agreed"),
        help_text=later("Their name, or a description that will still be clear in some years."),
        max_length=200,
        error_messages={"required": later("Say who agreed")},
    )
    child = forms.BooleanField(
        label=later("They are under 18: a parent or guardian agreed"), required=False
    )
    evidence = forms.CharField(
        label=later("Where the consent is kept"),
        help_text=later("Such as “Form 12 in the red folder”."),
        max_length=500,
        error_messages={"required": later("Say where the consent is kept")},
    )
    purpose = forms.CharField(
        label=later("What they agreed to"),
        help_text=later("Such as “the summer reading campaign”."),
        required=False,
        max_length=500,
    )
    channels = forms.MultipleChoiceField(
        label=later("Only on these channels"),
        help_text=later("Tick none if they agreed to all of them."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    expires_on = forms.DateField(
        label=later("Until"),
        help_text=later("The last day it may be shown. Leave it empty if there is none."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": later("Enter a day that exists, such as 27 3 2027")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to: Any = self.fields["channels"]
        to.choices = [(str(channel.pk), channel.name) for channel in channels.linked()]


def _now(one: Attachment) -> dict[str, Any]:
    """How the fields stand before anybody changes them; the nearest of the nine points."""
    x, y = (min(_PLACES, key=lambda place: abs(place - side)) for side in one.focus)
    people = {True: "yes", False: "no"}.get(one.shows_people, "")  # type: ignore[arg-type]
    told = {"people": people, "focus": f"{x} {y}"}
    names = ("alt", "decorative", "licence", "source", "politician", "transcript")
    return {**told, **{name: getattr(one, name) for name in names}}

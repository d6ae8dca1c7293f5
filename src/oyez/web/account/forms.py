"""What do we ask about somebody's own account?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from oyez.people.passwords import LEAST
from oyez.web.forms import Form
from oyez.web.signin.forms import password

NOT_MADE = _("Your browser made no passkey. Try again, or use an app.")


class PasswordForm(Form):
    """Once is enough: a typing error is mended with a link."""

    present = password(_("Your present password"))
    password = password(
        _("New password"),
        new=True,
        help_text=_("At least %(least)d characters, for example three random words.")
        % {"least": LEAST},
    )

    def __init__(self, *args: Any, asks_present: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_present:
            del self.fields["present"]


class NameForm(Form):
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("As your colleagues know you."),
        max_length=200,
        error_messages={"required": _("Enter your name")},
    )


class AppForm(Form):
    code = forms.CharField(
        label=_("The six digits that the app shows"),
        max_length=20,
        error_messages={"required": _("Enter the six digits that the app shows")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "numeric",
                "class": "govuk-input--width-10",
            }
        ),
    )


class PasskeyForm(Form):
    """The passkey itself is filled in by the browser."""

    name = forms.CharField(
        label=_("What do you call this device?"),
        help_text=_("For example, work laptop. You see it in your account."),
        max_length=60,
        required=False,
    )
    passkey = forms.CharField(widget=forms.HiddenInput, error_messages={"required": NOT_MADE})

    def called(self) -> str:
        return self.cleaned_data["name"] or gettext("This device")

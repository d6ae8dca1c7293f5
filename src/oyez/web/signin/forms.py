"""What does the door ask?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from oyez.web.forms import Form

NO_ADDRESS = _("Enter an e-mail address, such as name@example.gov.uk")


def email(**attrs: Any) -> forms.EmailField:
    return forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false", **attrs}),
        error_messages={"invalid": NO_ADDRESS, "required": NO_ADDRESS},
    )


def password(label: Any, *, new: bool = False, **more: Any) -> forms.CharField:
    """Never written back into the page, and never trimmed."""
    said = "new-password" if new else "current-password"
    widget = forms.PasswordInput(attrs={"autocomplete": said})
    missing = {"required": _("Enter a new password") if new else _("Enter your password")}
    return forms.CharField(
        label=label, strip=False, max_length=500, widget=widget, error_messages=missing, **more
    )


class SignInForm(Form):
    email = email()
    password = password(_("Password"))


class LinkForm(Form):
    """Where the link goes."""

    email = email()


class AgainForm(Form):
    password = password(_("Your password"))


class CodeForm(Form):
    """One field for both kinds: whoever lost their phone should not have to look for another."""

    code = forms.CharField(
        label=_("Code"),
        help_text=_("The six digits that your app shows now, or one of your recovery codes."),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "spellcheck": "false",
                "class": "govuk-input--width-20",
            }
        ),
    )

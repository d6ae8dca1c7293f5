"""Did somebody show what they were asked for? If not, the form says what was wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext as _

from oyez.ledger.actor import Refusal
from oyez.people import actions
from oyez.people.rules import door
from oyez.people.tries import TooMany
from oyez.web.forms import Form
from oyez.web.signin import came_from, passkeys
from oyez.web.signin.forms import CodeForm
from oyez.web.signin.required import only_a_passkey

if TYPE_CHECKING:
    from oyez.people.models import Person


def factor(request: HttpRequest, person: Person, form: CodeForm) -> str:
    """Which factor it was; empty for none."""
    try:
        if said := request.POST.get("passkey"):
            passkeys.shown(request, said, person)
            return "passkey"
        if only_a_passkey(person):
            raise Refusal(passkey_only())
        if form.is_valid():
            return actions.use_code(person, form.cleaned_data["code"], by=door())
    except TooMany:
        form.add_error(None, too_many())
    except actions.Closed:
        form.add_error(None, closed())
    except Refusal as why:
        wrong = "code" in form.data and not only_a_passkey(person)
        form.add_error(None, wrong_code() if wrong else str(why))
    return ""


def password(request: HttpRequest, form: Form, name: str) -> bool:
    """Is what this field holds the password of whoever is signed in?"""
    email, typed = getattr(request.user, "email", ""), form.cleaned_data[name]
    try:
        person = actions.try_password(email, typed, where=came_from.address(request), by=door())
    except TooMany:
        form.add_error(name, too_many())
        return False
    if not person:
        form.add_error(name, _("This is not your password. Try again."))
    return person is not None


def passkey_only() -> str:
    return _("This house takes nothing but your passkey: codes can be phished. Use your passkey.")


def closed() -> str:
    return _(
        "This house cannot open what it keeps of your codes: a key is missing. A passkey still "
        "works; or tell the person who looks after Oyez."
    )


def too_many() -> str:
    return _("There were too many tries. Wait 15 minutes, then try again.")


def wrong_code() -> str:
    return _("The code is wrong or has been used. Wait for the next one and try again.")

"""How does what concerns one's own account read?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from oyez.kit.text import reveal
from oyez.people import browsers, factors
from oyez.web.times import in_full

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator

    from oyez.people.models import Sitting

WEAK = {
    "short": later("Enter a longer password: at least 15 characters, such as three random words"),
    "long": later("Enter a shorter password: at most 200 characters"),
    "simple": later("Enter a password that does not repeat the same few characters"),
    "yours": later("Enter a password that is not mostly your name, address or organisation"),
    "known": later("Enter another password: thieves of passwords already know this one"),
}


def factor(row: Authenticator) -> str:
    """ "Passkey: Work laptop"."""
    if row.type == factors.PASSKEY:
        return _("Passkey: %s") % reveal(row.data["name"])
    return _("App that shows codes")


def in_groups(secret: str) -> str:
    """For whoever types it in: four letters at a time."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def used(row: Authenticator) -> str:
    if not row.last_used_at:
        return _("Not used yet")
    return _("Last used %s") % in_full(row.last_used_at)


@dataclass(frozen=True, slots=True)
class Shown:
    """A session on the page: "Firefox on Windows", from where, and whether it is this one."""

    title: str
    meta: str
    here: bool
    end: str


def sitting(one: Sitting, request: HttpRequest) -> Shown:
    said = {
        "where": one.where,
        "began": in_full(one.began_at),
        "seen": in_full(one.seen_at),
    }
    return Shown(
        browsers.called(one.browser),
        _("From %(where)s. Signed in %(began)s, last seen %(seen)s.") % said,
        one.key == request.session.session_key,
        reverse("account:end_session", args=[one.pk]),
    )

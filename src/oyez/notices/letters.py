"""How does an e-mail read? Plain words, and one link that leads to a page and never acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oyez.notices.rules import cut, one_line

LISTED = 50


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Told:
    """A notice, as an e-mail needs it. `href` is a path in our house."""

    title: str
    href: str
    detail: str = ""


def at_once(name: str, told: Sequence[Told], topic: str, house: str, all_href: str) -> Letter:
    """One notice with its own page; or several of one topic, with the page that has them all."""
    if len(told) == 1:
        return _letter(name, told[0].title, [told[0].title], _("See it:"), house + told[0].href)
    count = ngettext("%d notice", "%d notices", len(told)) % len(told)
    return _listed(name, f"{topic}: {count}", told, house + all_href)


def account(name: str, told: Sequence[Told], house: str) -> Letter:
    """What happened to how somebody signs in, and what to do if it was not they."""
    subject = told[0].title if len(told) == 1 else _("How you sign in to Oyez has changed")
    lines = [line for one in told for line in (one.title, one.detail, "")]
    says = [
        _("If it was you, there is nothing to do."),
        _("If it was not, tell the person who looks after Oyez at once: they can sign you out"),
        _("everywhere. Then choose a new password and go through your account."),
    ]
    return _letter(name, subject, [*lines, *says], _("Your account:"), house + told[0].href)


def former(name: str, at: datetime) -> Letter:
    """To the address that was somebody’s until then. It names neither the new one nor our pages:
    nobody knows who reads it.
    """
    when = formats.date_format(timezone.localtime(at), "j F Y, H:i T")
    body = [
        _("Hello %s,") % one_line(name),
        "",
        _("You sign in to Oyez with another e-mail address now, and are written to there."),
        when,
        "",
        _("If you know of it, there is nothing to do."),
        _("If not, tell the person who looks after Oyez at once."),
    ]
    return Letter(_("You sign in with another e-mail address now."), "\n".join(body) + "\n")


def digest(name: str, told: Sequence[Told], house: str, all_href: str) -> Letter:
    """Everything of a day that has not been read."""
    subject = ngettext("%d notice you have not read", "%d notices you have not read", len(told))
    return _listed(name, subject % len(told), told, house + all_href)


def link(name: str, href: str) -> Letter:
    """What whoever asks at the door is sent."""
    says = [
        _("Somebody asked for a link to sign in to Oyez with this address."),
        _("It works once, for 15 minutes. If it was not you, do nothing."),
    ]
    return _way_in(name, _("Your link to sign in"), says, href)


def invitation(name: str, href: str) -> Letter:
    says = [
        _("You are invited to Oyez, where your organisation writes its social media."),
        _("The link works once, for seven days. Then you choose how you sign in from now on."),
    ]
    return _way_in(name, _("Your invitation to Oyez"), says, href)


def _way_in(name: str, subject: str, says: Sequence[str], href: str) -> Letter:
    body = [_("Hello %s,") % one_line(name), "", *says, "", href]
    return Letter(subject, "\n".join(body) + "\n")


def test(house: str) -> Letter:
    """What `oyez notices test` sends."""
    says = _("E-mail from this house works. Nothing needs to be done.")
    return _letter("", _("A test from Oyez"), [says], _("The house:"), f"{house}/")


def _listed(name: str, subject: str, told: Sequence[Told], href: str) -> Letter:
    lines = [f"- {one.title}" for one in told[:LISTED]]
    if (more := len(told) - LISTED) > 0:
        lines.append(ngettext("and %d more", "and %d more", more) % more)
    return _letter(name, subject, lines, _("See them all:"), href)


def _letter(name: str, subject: str, lines: Sequence[str], leads: str, href: str) -> Letter:
    hello = [_("Hello %s,") % one_line(name), ""] if name else []
    body = [*hello, *lines, "", leads, href, "", _("Choose how you are told on your notices page.")]
    return Letter(cut(one_line(subject), 200), "\n".join(body) + "\n")

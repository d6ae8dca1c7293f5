"""Which settings are there? One list; a new one is one line here."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oyez.ledger import events as ledger
from oyez.web.parts import Row
from oyez.web.rights import may

Setting = tuple[str | Promise, str | Promise, str]  # label, hint, name of its page

SETTINGS: list[Setting] = [
    (_("People and teams"), _("Who may do what, where, and who is let in"), "people:list"),
    (_("What each role may do"), _("From the table that every page and verb asks"), "people:roles"),
    (_("Periods"), _("When stricter rules hold: elections, mourning, incidents"), "periods:list"),
    (
        _("Words to begin with"),
        _("Holding statements and templates, ready before they are needed"),
        "beginnings:list",
    ),
    (_("Campaigns"), _("What should change, for whom, and how it is measured"), "campaigns:list"),
    (_("Partners"), _("Whose messages we pass on, and until when"), "partners:list"),
    (
        _("Political register"),
        _("Parties, candidates, councillors and controversial topics"),
        "figures:list",
    ),
    (_("The record"), _("Who did what, when and why, and the proof of it"), "audit:list"),
]


NEEDS = {"audit:list": ledger.EXPORTED}
"""Pages that not everybody may see, and what one must be able to do."""


def rows(request: HttpRequest) -> list[Row]:
    """Those that this house has and this person may see, in order."""
    allowed = [one for one in SETTINGS if one[2] not in NEEDS or may(request, NEEDS[one[2]])]
    return [row for setting in allowed if (row := _row(*setting))]


def _row(label: str | Promise, hint: str | Promise, url_name: str) -> Row | None:
    try:
        return Row(str(label), reverse(url_name), str(hint))
    except NoReverseMatch:
        return None

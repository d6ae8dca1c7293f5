"""Which settings are there? One list; a new one is one line here."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oyez.web.parts import Row

Setting = tuple[str | Promise, str | Promise, str]  # label, hint, name of its page

SETTINGS: list[Setting] = [
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
]


def rows() -> list[Row]:
    """Those that this house has, in order."""
    return [row for setting in SETTINGS if (row := _row(*setting))]


def _row(label: str | Promise, hint: str | Promise, url_name: str) -> Row | None:
    try:
        return Row(str(label), reverse(url_name), str(hint))
    except NoReverseMatch:
        return None

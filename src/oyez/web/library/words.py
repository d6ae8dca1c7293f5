"""How does the library say what is there, and what a picture still needs?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from oyez.kit import clock
from oyez.library import queries
from oyez.policy.checks.co_7_licence import names_the_owner
from oyez.web.parts import Fact, Mark
from oyez.web.who import called

if TYPE_CHECKING:
    from django.http import HttpRequest

    from oyez.library.models import Attachment, Consent

NO_ALT = "no-alt"
_REMOVED = {
    "location": later("where it was taken"),
    "author": later("who made it"),
    "camera": later("the camera"),
    "notes": later("notes"),
    "animation": later("the moving part"),
    "attached data": later("other data attached to it"),
}


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    url: str
    current: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class Consented:
    """One consent as the page lists it."""

    who: str
    says: str
    mark: Mark
    withdraw: str


def state(total: int, without: int) -> str:
    """The sentence under the heading."""
    if not total:
        return ""
    have = ngettext("%(n)s picture or film", "%(n)s pictures and films", total) % {"n": total}
    if not without:
        return _("%s. Each picture has its alt text.") % have
    needs = ngettext("%(n)s needs alt text.", "%(n)s need alt text.", without) % {"n": without}
    return f"{have}. {needs}"


def tabs(request: HttpRequest, without: int) -> list[Tab]:
    """All, pictures, films, and what nobody has described; the words looked for stay."""
    now, words = request.GET.get("show", ""), request.GET.get("words", "")
    each = (
        ("", _("All"), 0),
        (queries.PICTURE, _("Pictures"), 0),
        (queries.FILM, _("Films"), 0),
        (NO_ALT, _("Without alt text"), without),
    )
    return [
        Tab(label, _address(request.path, show=show, words=words), show == now, count)
        for show, label, count in each
    ]


def _address(path: str, **asked: str) -> str:
    said = urlencode({name: value for name, value in asked.items() if value})
    return f"{path}?{said}" if said else path


def mark(one: Attachment) -> Mark:
    """What it still needs before it can be sent."""
    if one.retired_at:
        return Mark(_("Out of use"))
    if one.needs_alt:
        return Mark(_("Needs alt text"), "orange")
    if one.is_film and not one.captions_id:
        return Mark(_("Needs captions"), "orange")
    if not names_the_owner(one.licence, one.source):
        return Mark(_("Needs a licence or a source"), "orange")
    return Mark(_("Described"), "green")


def facts(one: Attachment) -> list[Fact]:
    """What we know of it."""
    alt = _("Decorative: it says nothing") if one.decorative else one.alt or _("None yet")
    people = {None: _("Nobody has said yet"), True: _("Yes"), False: _("No")}[one.shows_people]
    removed = ", ".join(str(_REMOVED.get(what, what)) for what in one.removed)
    captions = _("Yes") if one.captions_id else _("None yet")
    return [
        *([Fact(_("Captions"), captions)] if one.is_film else []),
        *([Fact(_("Alt text"), alt)] if one.alt or not one.is_film else []),
        Fact(_("Licence"), one.licence or _("None yet")),
        Fact(_("Source"), one.source or _("None yet")),
        Fact(_("Shows people"), people),
        *([Fact(_("Politician or candidate"), _("Yes"))] if one.politician else []),
        Fact(_("Size"), size(one)),
        Fact(_("Removed when added"), removed or _("Nothing: there was nothing to remove")),
        Fact(_("Added"), "", at=one.uploaded_at),
        Fact(_("By"), called(one.uploaded_by.get("name", ""))),
    ]


def size(one: Attachment) -> str:
    """ "1,200 × 800 pixels, 2.1 MB, 12 seconds" """
    weight = max(one.blob.size / 1_000_000, 0.1)
    parts = [
        _("%(width)s × %(height)s pixels") % {"width": one.width, "height": one.height},
        _("%.1f MB") % weight,
    ]
    if one.seconds:
        parts.append(_("%s seconds") % round(one.seconds))
    return ", ".join(parts)


def consented(consent: Consent, channels: Mapping[int, str]) -> Consented:
    """Who agreed to what, where, until when, and whether it still holds."""
    until = consent.expires_on
    says = [consent.purpose, consent.evidence]
    if consent.channels:
        where = (channels.get(pk, _("a removed channel")) for pk in consent.channels)
        says.append(_("only on %s") % ", ".join(where))
    if until:
        says.append(_("until %s") % date_format(until))
    if consent.withdrawn_at:
        status = Mark(_("Taken back"), "red")
    elif consent.holds(clock.now().date()):
        status = Mark(_("Holds"), "green")
    else:
        status = Mark(_("Over"), "red")
    who = _("%s (a child)") % consent.who if consent.child else consent.who
    address = "" if consent.withdrawn_at else reverse("library:withdraw", args=[consent.pk])
    return Consented(who, " · ".join(part for part in says if part), status, address)

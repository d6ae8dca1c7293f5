"""What happened to somebody's account, when, and from where? No more than they need to know
whether it was they.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from oyez.ledger.models import Event
from oyez.notices.rules import LONGEST_TITLE, cut, one_line
from oyez.people import browsers, providers
from oyez.people.models import FormerAddress, Person, Sitting

FACTORS = {
    "app": gettext_lazy("An app that shows codes"),
    "passkey": gettext_lazy("A passkey"),
}


def words(event: Event) -> Mapping[str, str]:
    """For the sentence."""
    slug = event.data.get("provider", "")
    found = providers.rows().filter(provider_id=slug).first() if slug else None
    return {
        "factor": str(FACTORS.get(event.data.get("factor", ""), "")),
        "provider": found.name if found else slug or _("a provider"),
        "left": str(event.data.get("left", "")),
    }


def former(event: Event) -> str:
    """The address of before, where that is what has changed."""
    found = FormerAddress.objects.filter(pk=event.data.get("former")).first()
    return found.address if found else ""


def detail(event: Event, called: str) -> str:
    """ "28 November 2026, 10:02 GMT. Firefox on Windows, from 203.0.113.7." `called`: who."""
    at = formats.date_format(timezone.localtime(event.at), "j F Y, H:i T")
    return cut(one_line(f"{at}. {_where(event, called)}"), LONGEST_TITLE)


def _where(event: Event, called: str) -> str:
    if (event.by_kind, event.by_id) != (Person.kind, event.on_id):
        return _("At the sign-in page.") if event.by_kind == "door" else _("By: %s.") % called
    sitting = Sitting.objects.filter(pk=event.data.get("session")).first()
    if not sitting:
        return ""
    said = {"browser": browsers.called(sitting.browser), "where": sitting.where}
    return _("%(browser)s, from %(where)s.") % said

"""How do notices, choices and e-mails read on a page?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from oyez.notices import rules
from oyez.web.parts import Mark, Row
from oyez.web.times import in_full

if TYPE_CHECKING:
    from oyez.notices.models import Posting

WAYS = {
    rules.AT_ONCE: gettext_lazy("E-mail at once"),
    rules.DIGEST: gettext_lazy("Daily e-mail"),
    rules.PAGE: gettext_lazy("On the page only"),
    rules.OFF: gettext_lazy("Not at all"),
}


WAYS_IN = {"link": gettext_lazy("Sign-in link"), "invitation": gettext_lazy("Invitation")}


def sentence(unread: int, some: bool) -> str:
    """How many are new; nothing where there is none at all, which the page says by itself."""
    if not unread:
        return _("You have read everything.") if some else ""
    return ngettext("You have %d new notice.", "You have %d new notices.", unread) % unread


def posting(one: Posting) -> Row:
    """One e-mail in the log: what it said, to whom, and what became of it."""
    why = one.why if one.state != "sent" else ""
    tries = ngettext("%d try", "%d tries", one.tries) % one.tries if one.tries > 1 else ""
    again = _("Next try: %s.") % in_full(one.due_at) if one.state == "waiting" and why else ""
    meta = " · ".join(filter(None, [one.address, tries, why, again]))
    return Row(one.subject or _topic(one), "", meta, _mark(one), at=one.sent_at or one.made_at)


def _topic(one: Posting) -> str:
    if one.kind in WAYS_IN:
        return str(WAYS_IN[one.kind])
    former = one.topic.startswith(rules.FORMER)
    topic = rules.ACCOUNT if former else rules.TOPICS.get(one.topic)
    return str(topic.label) if topic else _("Daily e-mail")


def _mark(one: Posting) -> Mark:
    if one.state == "sent":
        return Mark(_("Sent"), "green")
    if one.state == "failed":
        return Mark(_("Failed"), "red")
    return Mark(_("Trying again"), "orange") if one.why else Mark(_("Waiting"), "blue")

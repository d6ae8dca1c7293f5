"""What does every page say while a sensitive period holds, and until when?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from oyez.emergency import queries, rules
from oyez.kit import clock
from oyez.web import days, times
from oyez.web.strip import Strip, provide

if TYPE_CHECKING:
    from oyez.emergency.models import Period

MEANS: dict[str, str | Promise] = {
    rules.PRE_ELECTION: later("Publicity stays even-handed and names no candidate."),
    rules.REFERENDUM: later("We do not argue about the question."),
    rules.MOURNING: later("Think twice about tone."),
    rules.INCIDENT: later("Think twice about everything else."),
}


def end(period: Period) -> str:
    """ "22:00, Thursday 6 May (BST)" where the polls close, else "the end of 27 November 2026"."""
    if period.ends_on == period.polling_on:
        return times.in_full(period.ends_at)
    return _("the end of %s") % days.in_words(period.ends_on)


@provide
def strip(request: HttpRequest) -> Strip | None:
    """Blue on every page while a period holds that everybody must keep in mind."""
    kinds = (rules.PRE_ELECTION, rules.REFERENDUM, rules.MOURNING, rules.INCIDENT)
    found = list(queries.periods_in_force(clock.now()).filter(kind__in=kinds))
    if not found:
        return None
    first, more = found[0], len(found) - 1
    until = _("until %s.") % end(first)
    bold = f"{first.name} ({first.area})" if first.area else first.name
    if more:
        return Strip(
            "period", bold, _("%(until)s And %(more)d more.") % {"until": until, "more": more},
            _("See the periods"), reverse("periods:list"),
        )  # fmt: skip
    rest = f"{until} {MEANS[first.kind]}"
    return Strip(
        "period", bold, rest, _("See the period"), reverse("periods:show", args=[first.pk])
    )

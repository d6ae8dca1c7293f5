"""How does a period read? As a row, as facts, as its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from oyez.emergency import queries, rules
from oyez.kit import clock
from oyez.ledger import queries as ledger
from oyez.ledger.events import saying
from oyez.web import days
from oyez.web.parts import Fact, Mark, Row, Step
from oyez.web.periods.strip import end
from oyez.web.who import called

if TYPE_CHECKING:
    from oyez.emergency.models import Period

KINDS: dict[str, str | Promise] = {
    rules.PRE_ELECTION: later("Before an election"),
    rules.REFERENDUM: later("Before a referendum"),
    rules.MOURNING: later("Mourning"),
    rules.INCIDENT: later("Incident"),
    rules.CUSTOM: later("Something else"),
}


def is_over(period: Period) -> bool:
    return period.over_at <= clock.now()


def mark(period: Period) -> Mark:
    if period.ended_at:
        return Mark(_("Closed early"), "grey")
    if is_over(period):
        return Mark(_("Over"), "grey")
    if period.begins_at <= clock.now():
        return Mark(_("In force"), "blue")
    return Mark(_("To come"), "yellow")


def row(period: Period) -> Row:
    meta = " · ".join((str(KINDS[period.kind]), where(period), from_to(period)))
    return Row(period.name, reverse("periods:show", args=[period.pk]), meta, mark(period))


def where(period: Period) -> str:
    return period.area or _("Everywhere")


def from_to(period: Period) -> str:
    if period.begins_on == period.ends_on:
        return days.in_words(period.begins_on)
    words = {"first": days.in_words(period.begins_on), "last": days.in_words(period.ends_on)}
    return _("%(first)s to %(last)s") % words


def sentence() -> str:
    """What holds now, in one sentence."""
    names = [period.name for period in queries.periods_in_force(clock.now())]
    if not names:
        return _("No sensitive period is in force.")
    return _("In force now: %s.") % ", ".join(names)


def computed(period: Period) -> str:
    """What was computed beside what the officer set: "Computed: 31 March 2027; you set …"."""
    if not period.proposed_begins_on:
        return ""
    first = days.in_words(period.proposed_begins_on)
    if period.proposed_begins_on == period.begins_on:
        return _("Computed: %s. The returning officer’s own date wins.") % first
    words = {"computed": first, "set": days.in_words(period.begins_on)}
    return _("Computed: %(computed)s; set to %(set)s, which counts.") % words


def facts(period: Period) -> list[Fact]:
    found = [
        Fact(_("Kind"), str(KINDS[period.kind])),
        Fact(_("Area"), where(period)),
        Fact(_("Begins"), "", at=period.begins_at),
        Fact(_("Ends"), capfirst(end(period))),
    ]
    if period.polling_on:
        found.append(Fact(_("Polling day"), f"{days.in_words(period.polling_on)}, {period.nation}"))
        found.append(Fact(_("First day"), computed(period)))
    if period.note:
        found.append(Fact(_("Note"), period.note))
    return found


def history(period: Period) -> list[Step]:
    """Who opened, changed and closed it, and which days moved."""
    return [
        Step(f"{saying(event.kind)}: {called(event.by_name)}", event.at, _moved(event.data))
        for event in ledger.history(period)
    ] + ([Step(period.ended_why, period.ended_at)] if period.ended_at else [])


def _moved(data: dict[str, object]) -> str:
    changed = data.get("changed")
    if not isinstance(changed, dict):
        return ""
    return ", ".join(
        f"{_part(name)} ({' → '.join(pair)})" if pair else _part(name)
        for name, pair in changed.items()
    )


def _part(name: str) -> str:
    names = {
        "name": _("name"), "area": _("area"), "note": _("note"), "begins_on": _("first day"),
        "ends_on": _("last day"), "polling_on": _("polling day"),
    }  # fmt: skip
    return names.get(name, name)

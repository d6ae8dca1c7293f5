"""Open, change and close a sensitive period. Periods may overlap: each holds for itself."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime

from django.conf import settings
from django.db import transaction

from oyez.emergency import events, queries, rules
from oyez.emergency.models import Period
from oyez.kit import clock, walltime
from oyez.ledger.actor import Actor, Refusal, signed
from oyez.ledger.acts import act


def open_period(said: rules.Said, *, by: Actor) -> Period:
    """From its first midnight to its last (or to the close of polls) stricter rules hold.

    Days left out are computed from the polling day; the officer's own win, and what was computed is
    kept beside them. Raises Refusal, and keeps nothing, when it ends before it begins, has no name
    or is out of reach.
    """
    new = Period(made_at=clock.now(), by=signed(by))
    _write(new, said)
    with act(events.PERIOD_OPENED, on=new, by=by, what=new.kind):
        new.save()
    return new


def change_period(period: Period, *, by: Actor, **new: object) -> Period:
    """Say parts of it anew: `kind`, `name`, `area`, `begins_on`, `ends_on`, `polling_on`, `nation`,
    `note`. A day that only followed from the polling day moves with it. The record keeps which, and
    the days from and to. Nothing new is no change.
    """
    with transaction.atomic():
        held = _still_open(period)
        before = held.said
        _write(held, rules.with_changes(before, new))
        changed = _differences(before, held.said)
        if changed:
            with act(events.PERIOD_CHANGED, on=held, by=by, changed=changed):
                held.save()
    return held


def close_period(period: Period, *, why: str, by: Actor) -> Period:
    """End it now; one that has not begun is called off. What it held is looked at again."""
    if not why.strip():
        raise Refusal("Say why, so that those who read the record know.")
    with transaction.atomic():
        held = _still_open(period)
        held.ended_at, held.ended_why = clock.now(), why.strip()[:300]
        with act(events.PERIOD_CLOSED, on=held, by=by):
            held.save(update_fields=["ended_at", "ended_why"])
    return held


def _still_open(period: Period) -> Period:
    held = Period.objects.select_for_update().get(pk=period.pk)
    if held.over_at <= clock.now():
        raise Refusal(f"“{held}” is over already. Open a new period instead.")
    return held


def _write(period: Period, said: rules.Said) -> None:
    """Its fields, and the moments and the computed first day that follow from them."""
    if said.kind not in rules.WITH_A_POLL:
        said = replace(said, polling_on=None)
    said = replace(
        said, name=said.name.strip(), area=" ".join(said.area.split()), note=said.note.strip()
    )
    problem = rules.wrong(said, queries.KINDS, queries.today())
    dates = rules.days_of(said)
    if problem or not dates:
        raise Refusal(problem)
    for name, value in {**asdict(said), **asdict(dates)}.items():
        setattr(period, name, value)
    period.zone = settings.TIME_ZONE
    period.proposed_begins_on = rules.first_proposed(said)
    period.begins_at = _moment(rules.first_moment(dates))
    period.ends_at = _moment(rules.last_moment(dates, said.polling_on))


def _moment(wall: datetime) -> datetime:
    try:
        return walltime.moment(wall, settings.TIME_ZONE, fold=0)
    except walltime.NoSuchTime as why:
        raise Refusal(str(why)) from None


def _differences(before: rules.Said, after: rules.Said) -> dict[str, list[str]]:
    """Which parts changed; of days also from what to what. Words stay out of the record."""
    old, new = asdict(before), asdict(after)
    return {
        name: [str(old[name]), str(new[name])] if name.endswith("_on") else []
        for name in old
        if old[name] != new[name]
    }

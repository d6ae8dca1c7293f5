"""Add, change and retire a partner."""

from __future__ import annotations

from dataclasses import asdict, replace

from django.db import IntegrityError, transaction

from oyez.kit import clock
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.acts import act
from oyez.partners import events, queries
from oyez.partners.models import Partner
from oyez.partners.rules import partners as rules


def add_partner(said: rules.Said, *, by: Actor) -> Partner:
    """Put them in the register. Raises Refusal when the entry is wrong or the name is there."""
    new = Partner(made_at=clock.now())
    _write(new, said)
    try:
        with act(events.ADDED, on=new, by=by):
            new.save()
    except IntegrityError:
        raise _there(new) from None
    return new


def change_partner(partner: Partner, *, by: Actor, **new: object) -> Partner:
    """Say parts of it anew, by the names of `rules.partners.Said`; the record keeps which."""
    with transaction.atomic():
        held = _held(partner)
        before = held.said
        _write(held, replace(before, **new))  # type: ignore[arg-type]
        after = held.said
        changed = sorted(name for name in new if getattr(before, name) != getattr(after, name))
        if changed:
            try:
                with act(events.CHANGED, on=held, by=by, changed=changed):
                    held.save()
            except IntegrityError:
                raise _there(held) from None
    return held


def retire_partner(partner: Partner, *, by: Actor) -> Partner:
    """Nothing more of theirs is passed on. The entry stays on record."""
    with transaction.atomic():
        held = _held(partner)
        held.retired_at = clock.now()
        with act(events.RETIRED, on=held, by=by):
            held.save(update_fields=["retired_at"])
    return held


def _held(partner: Partner) -> Partner:
    held = Partner.objects.select_for_update().get(pk=partner.pk)
    if held.retired_at:
        raise Refusal(f"{held} is retired. Add the partner anew.")
    return held


def _write(partner: Partner, said: rules.Said) -> None:
    said = said.tidied()
    if problem := rules.wrong(said, queries.today()):
        raise Refusal(problem)
    for name, value in asdict(said).items():
        setattr(partner, name, list(value) if name in rules.LISTS else value)


def _there(partner: Partner) -> Refusal:
    return Refusal(f"{partner} is in the register already. Change that entry.")

"""Erasing the name of somebody from the record, which stays whole without it."""

from __future__ import annotations

from django.db import transaction

from oyez.kit.text import visible
from oyez.ledger import events
from oyez.ledger.actions.chaining import chain_all, hold_the_chain
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.acts import act, refuse_unless
from oyez.ledger.models import Event, Name


def forget(by_kind: str, by_id: str, why: str, *, by: Actor) -> int:
    """Erase every name that this person or machine ever bore in the record; how many those were.

    What they did stays, under their number. Raises Refusal without a reason, or where there is no
    name to erase.
    """
    refuse_unless(events.FORGOTTEN, on=None, by=by)
    if not visible(why):
        raise Refusal("Say why the name is erased. The reason is kept.")
    with transaction.atomic():
        hold_the_chain()
        chain_all()  # so that each name has its row
        names = list(Name.objects.filter(by_kind=by_kind, by_id=by_id, erased=False))
        if not any(name.name for name in names):
            raise Refusal(f"The record holds no name of {by_kind} {by_id}.")
        ids = [name.pk for name in names]
        who = {"kind": by_kind, "id": by_id}
        with act(events.FORGOTTEN, on=names[0], by=by, names=ids, who=who, why=why.strip()[:300]):
            Name.objects.filter(pk__in=ids).update(name="", salt=b"", erased=True)
            Event.objects.filter(by_kind=by_kind, by_id=by_id).update(by_name="")
        chain_all()  # no name is ever gone without a link that says who erased it
    return len(names)

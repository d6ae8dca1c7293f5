"""Is this somebody's own business, or an administrator's?"""

from __future__ import annotations

from oyez.ledger.actor import Actor, NotAllowed
from oyez.ledger.events import Kind
from oyez.people import events
from oyez.people.models import Person


def for_oneself(person: Person, by: Actor, kind: Kind) -> None:
    """Others are an administrator’s business, as inviting and removing is."""
    somebody_else = by.kind == Person.kind and by.id != person.pk
    if somebody_else and not by.may(events.DUTIES_GIVEN.name, person):
        raise NotAllowed(by, f"{kind.says}, for {person.name}")

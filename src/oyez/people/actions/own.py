"""Is this somebody's own business, or an administrator's; and in which session is it done?"""

from __future__ import annotations

from oyez.ledger.actor import Actor, NotAllowed
from oyez.ledger.events import Kind
from oyez.people import events
from oyez.people.models import Person, Sitting


def for_oneself(person: Person, by: Actor, kind: Kind) -> None:
    """Others are an administrator’s business, as inviting and removing is."""
    somebody_else = by.kind == Person.kind and by.id != person.pk
    if somebody_else and not by.may(events.DUTIES_GIVEN.name, person):
        raise NotAllowed(by, f"{kind.says}, for {person.name}")


def here(by: Actor) -> dict[str, int]:
    """For the record: the number of the session in which they do it, never its address, since what
    is on record stays and a session is forgotten.
    """
    key = getattr(by, "session_key", "")
    found = Sitting.objects.filter(key=key).values_list("pk", flat=True).first() if key else None
    return {"session": found} if found else {}

"""Sessions: where each is, and ending them with the next click."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F

from oyez.kit import clock
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.acts import act
from oyez.people import events
from oyez.people.actions.own import for_oneself
from oyez.people.models import Person, Sitting


def end_sessions(person: Person, *, by: Actor) -> None:
    """Sign somebody out in every browser, with the next click there."""
    for_oneself(person, by, events.SESSIONS_ENDED)
    with act(events.SESSIONS_ENDED, on=person, by=by):
        next_epoch(person)


def end_all_sessions(people: Collection[Person], *, by: Actor) -> None:
    """The same for each of them, or, where one is not theirs to sign out, for none."""
    for person in people:
        for_oneself(person, by, events.SESSIONS_ENDED)
    with transaction.atomic():
        for person in people:
            end_sessions(person, by=by)


def next_epoch(person: Person) -> None:
    """What end_sessions does, for verbs with an event of their own."""
    Person.objects.filter(pk=person.pk).update(epoch=F("epoch") + 1)
    person.refresh_from_db(fields=["epoch"])


def end_session(person: Person, pk: int, *, by: Actor) -> None:
    """One of them. Raises Refusal when it has ended already."""
    for_oneself(person, by, events.SESSION_ENDED)
    sitting = Sitting.objects.filter(person=person, pk=pk).first()
    if not sitting:
        raise Refusal("This session has ended already.")
    with act(events.SESSION_ENDED, on=person, by=by):
        Session.objects.filter(session_key=sitting.key).delete()
        sitting.delete()


def sit(person: Person, key: str, *, browser: str, where: str) -> None:
    """Write down a session that begins, for its person to see. `let_in` has the event."""
    now = clock.now()
    said = {"browser": browser[: Sitting.LONGEST], "where": where[:45], "epoch": person.epoch}
    Sitting.objects.update_or_create(
        key=key, defaults={"person": person, "began_at": now, "seen_at": now, **said}
    )


def follow(person: Person, before: str, after: str) -> None:
    """A session that stays when the others end: it has another key, and is of the epoch now."""
    Sitting.objects.filter(person=person, key=before).update(key=after, epoch=person.epoch)


def seen(key: str) -> None:
    """Somebody clicked there."""
    Sitting.objects.filter(key=key).update(seen_at=clock.now())

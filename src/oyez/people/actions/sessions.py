"""Ending sessions: everywhere, with the next click."""

from __future__ import annotations

from django.db.models import F

from oyez.ledger.actor import Actor
from oyez.ledger.acts import act
from oyez.people import events
from oyez.people.actions.own import for_oneself
from oyez.people.models import Person


def end_sessions(person: Person, *, by: Actor) -> None:
    """Sign somebody out in every browser, with the next click there."""
    for_oneself(person, by, events.SESSIONS_ENDED)
    with act(events.SESSIONS_ENDED, on=person, by=by):
        next_epoch(person)


def next_epoch(person: Person) -> None:
    """What end_sessions does, for verbs with an event of their own."""
    Person.objects.filter(pk=person.pk).update(epoch=F("epoch") + 1)
    person.refresh_from_db(fields=["epoch"])

"""Choosing a password."""

from __future__ import annotations

from oyez.ledger.actor import Actor
from oyez.ledger.acts import act
from oyez.people import events, passwords
from oyez.people.actions import sessions
from oyez.people.actions.own import for_oneself, here
from oyez.people.models import Person


def choose_password(person: Person, password: str, *, by: Actor) -> None:
    """From now on this one; whoever is in elsewhere is signed out with the next click. Raises Weak
    with the reason.
    """
    for_oneself(person, by, events.PASSWORD_CHANGED)
    passwords.judge(password, person)
    person.set_password(passwords.as_typed(password))
    with act(events.PASSWORD_CHANGED, on=person, by=by, **here(by)):
        person.save(update_fields=["password"])
        sessions.next_epoch(person)

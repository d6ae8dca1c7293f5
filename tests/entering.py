"""Who is let in without the walk through the door? As if they had just come in with a factor."""

from __future__ import annotations

from django.test import Client

from oyez.kit import clock
from oyez.people import actions as people
from oyez.people import codes, factors
from oyez.people.models import Person
from tests.factories import BY


def signed_in(person: Person, client: Client | None = None) -> Client:
    """A browser of this person, with a second factor shown this moment."""
    client = client or Client()
    client.force_login(person)
    session, now = client.session, clock.now().isoformat()
    session.update(dict.fromkeys(("oyez_proved_at", "oyez_began_at", "oyez_seen_at"), now))
    session["oyez_factor"] = True
    session.save()
    return client


def a_code(person: Person) -> str:
    """A recovery code of somebody, who gets an app if they have no factor yet."""
    if not factors.has_one(person):
        secret, now = codes.new_secret(), int(clock.now().timestamp()) // codes.STEP
        people.add_app(person, secret, codes.shown(secret, now), by=BY)
    return people.make_codes(person, by=BY)[0]

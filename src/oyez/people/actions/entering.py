"""Coming in: by a link or a password, each tried only so often."""

from __future__ import annotations

import secrets

from django.contrib.auth import authenticate

from oyez.kit.addresses import network_of
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.acts import act
from oyez.ledger.moment import database_now
from oyez.people import events, limits, queries, tries
from oyez.people.actions import sessions
from oyez.people.models import Person, SignInLink, Try
from oyez.people.passwords import as_typed
from oyez.people.rules import INVITATION_LASTS, LINK_LASTS


def make_link(person: Person, *, invites: bool = False, by: Actor) -> str:
    """A token that signs this person in once, within 15 minutes, or seven days where it `invites`;
    shown now and never again.
    """
    token, lasts = secrets.token_urlsafe(32), INVITATION_LASTS if invites else LINK_LASTS
    with act(events.LINKED, on=person, by=by, invites=invites):
        SignInLink.objects.create(
            person=person,
            digest=queries.digest(token),
            invites=invites,
            expires_at=database_now() + lasts,
        )
    return token


def use_link(token: str) -> Person:
    """Use a link up, and every other of the same person: whose it was. Raises Refusal when it is
    used, late or unknown; of two clicks at once one is refused.
    """
    link = queries.usable_link(token)
    used = link and SignInLink.objects.filter(pk=link.pk, used_at=None)
    if not link or not used or not used.update(used_at=database_now()):
        raise Refusal("This link has been used or is too old. Ask for a new one.")
    with act(events.LINK_USED, on=link.person, by=link.person):
        SignInLink.objects.filter(person=link.person, used_at=None).delete()
        return link.person


def try_password(email: str, password: str, *, where: str, by: Actor) -> Person | None:
    """Whose password this is; None, after the same time, for a wrong one and for somebody who is
    not here. `where`: the address they come from. Raises TooMany.
    """
    spent = [
        tries.spend(limits.PASSWORD_FROM, network_of(where)),
        tries.spend(limits.PASSWORD_OF, email),
    ]
    person = authenticate(email=email, password=as_typed(password))
    if isinstance(person, Person):
        tries.give_back(spent)
        return person
    _failed(queries.person(email) or spent[-1], "password", by)
    return None


def _failed(on: Person | Try, door: str, by: Actor) -> None:
    """On record with whom it was about, if they are here; never with who tried."""
    with act(events.TRY_FAILED, on=on, by=by, door=door):
        pass


def let_in(
    person: Person, key: str, *, how: list[str], browser: str, where: str, by: Actor
) -> None:
    """They are in, with the session of this key; `how`: each proof they gave, in order."""
    with act(events.SIGNED_IN, on=person, by=by, how=how):
        sessions.sit(person, key, browser=browser, where=where)

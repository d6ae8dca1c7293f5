"""Another e-mail address: a name changed at a wedding, a council that got another domain. An
administrator's business, never one's own: whoever had stolen a session would have the next link
sent to themselves.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from oyez.kit import clock
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.acts import act, refuse_unless
from oyez.people import events
from oyez.people.actions.own import here
from oyez.people.models import FormerAddress, Person, SignInLink


def change_address(person: Person, address: str, *, by: Actor) -> None:
    """From now on they sign in and are written to with this one; links on their way to the old one
    open nothing. They are told at both. Raises Refusal for a bad one, and one that is somebody’s or
    was.
    """
    refuse_unless(events.ADDRESS_CHANGED, on=person, by=by)
    address = address.strip().lower()
    _judge(address, person)
    former = FormerAddress(person=person, address=person.email, until=clock.now())
    try:
        with transaction.atomic():
            former.save()
            with act(events.ADDRESS_CHANGED, on=person, by=by, former=former.pk, **here(by)):
                person.email = address
                person.save(update_fields=["email"])
                SignInLink.objects.filter(person=person, used_at=None).delete()
    except IntegrityError:
        raise Refusal(_TAKEN.format(address)) from None


_TAKEN = "“{}” is the address of somebody who is or was here. Give another, or bring them back."


def _judge(address: str, person: Person) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise Refusal(f"“{address}” is not an e-mail address. Check it and try again.") from None
    if len(address) > 254:
        raise Refusal("An address may have 254 characters. Check it and try again.")
    if address == person.email.lower():
        raise Refusal(f"“{address}” is their address already.")
    if Person.objects.filter(email__iexact=address).exists():
        raise Refusal(_TAKEN.format(address))

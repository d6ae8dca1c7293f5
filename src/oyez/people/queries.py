"""Who is in the house?"""

from __future__ import annotations

from hashlib import sha256

from django.db.models import QuerySet

from oyez.kit import clock
from oyez.ledger.actor import Actor
from oyez.people.models import Person, SignInLink


def everyone() -> QuerySet[Person]:
    return Person.objects.filter(is_active=True).order_by("name")


def somebody_runs_the_house() -> bool:
    """Has an administrator ever signed in, who could let others in?"""
    administrators = Person.objects.filter(is_active=True, role=Person.Role.ADMINISTRATOR)
    return administrators.filter(last_login__isnull=False).exists()


def person(email: str) -> Person | None:
    return Person.objects.filter(email__iexact=email, is_active=True).first()


def behind(by: Actor) -> Person | None:
    """The person who acts; None for a machine. Read anew: a role may have gone since they signed
    in.
    """
    return everyone().filter(pk=by.id).first() if by.kind == Person.kind else None


def holding(wanted: str) -> list[Person]:
    """Everybody here with this role or duty."""
    return [person for person in everyone() if person.holds(wanted)]


def digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def usable_link(token: str) -> SignInLink | None:
    """The link behind this token, if it is unused, in time, and its person still here."""
    links = SignInLink.objects.select_related("person")
    return links.filter(
        digest=digest(token),
        used_at=None,
        expires_at__gt=clock.now(),
        person__is_active=True,
    ).first()

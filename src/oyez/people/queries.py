"""Who is in the house?"""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from oyez.kit import clock
from oyez.ledger.actor import Actor
from oyez.people.models import Absence, Person, SignInLink, Sitting


def everyone() -> QuerySet[Person]:
    return Person.objects.filter(is_active=True).order_by("name")


def everybody_ever() -> QuerySet[Person]:
    """Those who have left included: what they did is still on record."""
    return Person.objects.order_by("name")


def somebody_runs_the_house() -> bool:
    """Has an administrator ever signed in, who could let others in?"""
    administrators = Person.objects.filter(is_active=True, role=Person.Role.ADMINISTRATOR)
    return administrators.filter(last_login__isnull=False).exists()


def person(email: str) -> Person | None:
    return Person.objects.filter(email__iexact=email, is_active=True).first()


def ever(email: str) -> Person | None:
    """Whoever has this address, those who have left included."""
    return Person.objects.filter(email__iexact=email).first()


def behind(by: Actor) -> Person | None:
    """The person who acts; None for a machine. Read anew: a role may have gone since they signed
    in.
    """
    return everyone().filter(pk=by.id).first() if by.kind == Person.kind else None


def holding(wanted: str) -> list[Person]:
    """Everybody here with this role or duty."""
    return [person for person in everyone() if person.holds(wanted)]


def who_may(event_name: str) -> list[Person]:
    """Everybody here whose role or duty lets them make this happen."""
    return [person for person in everyone() if person.may(event_name, None)]


def absences(person: Person, since: date) -> QuerySet[Absence]:
    """What this person has said about being away on that day or later, the soonest first."""
    found = Absence.objects.filter(person=person, until_on__gte=since, ended_at=None)
    return found.select_related("deputy").order_by("from_on")


def is_away(person: Person, day: date) -> bool:
    return absences(person, day).filter(from_on__lte=day).exists()


def deputy_of(person: Person, day: date) -> Person | None:
    """Who answers for somebody who is away on that day; None when nobody does: the person is here,
    named nobody, or named somebody who has gone or is away too. Deputies have no deputies.
    """
    absence = absences(person, day).filter(from_on__lte=day).first()
    deputy = absence.deputy if absence else None
    if not deputy or not deputy.is_active or is_away(deputy, day):
        return None
    return deputy


def answers_for(person: Person, day: date) -> set[int]:
    """Those for whom this person answers on that day, by number; nobody while they are away. From
    one question, and the same answer as `deputy_of` gives for each.
    """
    found = Absence.objects.filter(from_on__lte=day, until_on__gte=day, ended_at=None)
    deputies: dict[int, int | None] = {}
    for absence in found.order_by("from_on"):
        deputies.setdefault(absence.person_id, absence.deputy_id)
    if person.pk in deputies or not person.is_active:
        return set()
    return {away for away, deputy in deputies.items() if deputy == person.pk}


def sittings(person: Person) -> QuerySet[Sitting]:
    """The sessions in which this person is in at this moment, the latest seen first."""
    alive = Session.objects.filter(expire_date__gt=clock.now()).values("session_key")
    found = Sitting.objects.filter(person=person, epoch=person.epoch, key__in=alive)
    return found.order_by("-seen_at")


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

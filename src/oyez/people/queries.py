"""Who is in the house?"""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256

from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from oyez.kit import clock
from oyez.ledger import queries as ledger
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.moment import database_now
from oyez.people.events import DUTIES_GIVEN, REMOVED
from oyez.people.models import Absence, Grant, Person, SignInLink, Sitting, Team
from oyez.people.rules import ADMINISTRATOR, GRANT_LASTS, OfTeams, Reaching


def everyone() -> QuerySet[Person]:
    return Person.objects.filter(is_active=True).order_by("name")


def everybody_ever() -> QuerySet[Person]:
    """Those who have left included: what they did is still on record."""
    return Person.objects.order_by("name")


def everyone_in_teams() -> QuerySet[Person]:
    """The same, with what teams each is in: for where each is asked what they may do."""
    return everyone().prefetch_related("memberships")


def somebody_runs_the_house() -> bool:
    """Has an administrator ever signed in, who could let others in?"""
    administrators = Person.objects.filter(is_active=True, role=Person.Role.ADMINISTRATOR)
    return administrators.filter(last_login__isnull=False).exists()


def person(email: str) -> Person | None:
    return Person.objects.filter(email__iexact=email, is_active=True).first()


def ever(email: str) -> Person | None:
    """Whoever has this address, those who have left included."""
    return Person.objects.filter(email__iexact=email).first()


def administrators() -> QuerySet[Person]:
    return everyone().filter(role=ADMINISTRATOR)


def an_administrator_left_at() -> datetime | None:
    """When the last of those was removed, or lost the role, who went within the time that a grant
    waits; None: nobody.
    """
    gone = [REMOVED.name, DUTIES_GIVEN.name]
    return ledger.last_at(gone, since=clock.now() - GRANT_LASTS, was=ADMINISTRATOR)


def grants() -> QuerySet[Grant]:
    """Who is to be an administrator and waits for a second one’s yes, the newest first."""
    waiting = Grant.objects.filter(settled_at=None, expires_at__gt=clock.now())
    found = waiting.filter(person__is_active=True).select_related("person")
    return found.order_by("-asked_at")


def grant(pk: int) -> Grant:
    if found := grants().filter(pk=pk).first():
        return found
    raise Refusal("This does not wait for anybody any more.")


def behind(by: Actor) -> Person | None:
    """The person who acts; None for a machine. Read anew: a role may have gone since they signed
    in.
    """
    return everyone().filter(pk=by.id).first() if by.kind == Person.kind else None


def holding(wanted: str) -> list[Person]:
    """Everybody here with this role or duty."""
    return [person for person in everyone() if person.holds(wanted)]


def who_may(event_name: str, on: object = None) -> list[Person]:
    """Everybody here who may make this happen to `on`; anywhere, if that is None."""
    reach = Reaching(on.teams()) if isinstance(on, OfTeams) else on  # asked once
    return [person for person in everyone_in_teams() if person.may(event_name, reach)]


def teams() -> QuerySet[Team]:
    return Team.objects.order_by("name")


def team(name: str) -> Team:
    """The team of this name. Raises Refusal when there is none."""
    if found := teams().filter(name__iexact=name).first():
        return found
    known = ", ".join(str(one) for one in teams()) or "none yet"
    raise Refusal(f"There is no team “{name}”. There are: {known}.")


def one_team(pk: int) -> Team:
    if found := teams().filter(pk=pk).first():
        return found
    raise Refusal(f"There is no team {pk}.")


def teams_of(person: Person) -> QuerySet[Team]:
    return teams().filter(memberships__person=person)


def names_of_teams() -> dict[int, list[str]]:
    """In which teams each person is, by number."""
    found: dict[int, list[str]] = {}
    pairs = Team.objects.order_by("name").values_list("memberships__person", "name")
    for person, name in pairs.exclude(memberships=None):
        found.setdefault(person, []).append(name)
    return found


def one(pk: int) -> Person:
    """Somebody who is here, or was. Raises Refusal when nobody has this number."""
    if found := Person.objects.filter(pk=pk).first():
        return found
    raise Refusal(f"There is no person {pk}.")


def away_on(day: date) -> set[int]:
    """Who is away on that day, by number."""
    found = Absence.objects.filter(from_on__lte=day, until_on__gte=day, ended_at=None)
    return set(found.values_list("person", flat=True))


def members(team: Team) -> QuerySet[Person]:
    return everyone().filter(memberships__team=team)


def every_team() -> frozenset[int]:
    """What touches all channels touches these."""
    return frozenset(Team.objects.values_list("pk", flat=True))


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
        expires_at__gt=database_now(),
        person__is_active=True,
    ).first()

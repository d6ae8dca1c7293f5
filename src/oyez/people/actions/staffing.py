"""Inviting and removing; being away and coming back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from oyez.kit import clock
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.acts import act
from oyez.people import events, providers, queries, rules
from oyez.people.actions import entering, sessions
from oyez.people.actions.granting import administrators, make_administrator
from oyez.people.actions.own import for_oneself
from oyez.people.models import Absence, Grant, Person, SignInLink
from oyez.people.rules import FIRST, LONGEST_ABSENCE


def invite(
    email: str, *, name: str = "", role: str = Person.Role.READER, why: str = "", by: Actor
) -> Person:
    """A new person, or one who comes back. Raises Refusal for a bad or known address.

    Whoever is to be an administrator comes in as a reader where another has to confirm it.
    """
    try:
        validate_email(email)
    except ValidationError:
        raise Refusal(f"“{email}” is not an e-mail address. Check it and try again.") from None
    if len(email) > 254 or len(name) > 200:
        raise Refusal("The address may have 254 characters and the name 200. Shorten it.")
    if queries.person(email):
        raise _here_already(email)
    person = Person.objects.filter(email__iexact=email).first() or Person(email=email.lower())
    person.name = name or email.split("@")[0]
    _refuse_a_name_of_ours(person.name)
    person.role = Person.Role.READER if role == rules.ADMINISTRATOR else role
    person.duties = []  # whoever comes back has those they are given now
    person.is_active, person.invited_at = True, clock.now()
    person.set_unusable_password()
    try:
        with act(events.INVITED, on=person, by=by, role=role):
            person.save()
            _shut_behind(person)  # of who was removed by an earlier version
            if role == rules.ADMINISTRATOR:
                make_administrator(person, why=why, by=by)
    except IntegrityError:  # invited by somebody else at the same moment
        raise _here_already(email) from None
    return person


def _here_already(email: str) -> Refusal:
    return Refusal(f"{email} is already here. Make them a link with: oyez people link {email}")


def give(
    person: Person,
    *,
    role: str = "",
    duties: Sequence[str] | None = None,
    why: str = "",
    by: Actor,
) -> Grant | None:
    """Change what somebody is here for, at once; who loses a right by it is signed out everywhere.
    Making an administrator may wait for a second one’s yes: that grant. Raises Refusal for an
    unknown role or duty.
    """
    wrong = [one for one in duties or () if one not in rules.DUTIES]
    if wrong or (role and role not in rules.ROLES):
        known = ", ".join([*rules.ROLES, *rules.DUTIES])
        raise Refusal(f"There is no role or duty “{(wrong or [role])[0]}”. There are: {known}.")
    with transaction.atomic():
        asked = None
        administrators()  # before the one person, as everywhere: else two wait for each other
        person.refresh_from_db(from_queryset=Person.objects.select_for_update())
        if role == rules.ADMINISTRATOR and person.role != role:
            asked, role = make_administrator(person, why=why, by=by), ""
        if role or duties is not None:
            _change(person, role or person.role, duties, by=by)
    return asked


def _change(person: Person, role: str, duties: Sequence[str] | None, *, by: Actor) -> None:
    was, had = person.role, set(person.duties)
    if role != was:
        _keep_an_administrator(person)
    person.role = role
    person.duties = person.duties if duties is None else list(dict.fromkeys(duties))
    with act(events.DUTIES_GIVEN, on=person, by=by, role=role, duties=person.duties, was=was):
        person.save(update_fields=["role", "duties"])
        if rules.loses(was, role) or had - set(person.duties):
            sessions.next_epoch(person)


def choose_language(person: Person, language: str, *, by: Actor) -> None:
    """In which language the pages speak to this person, on every machine. Raises Refusal for one
    that the house does not speak.
    """
    if language not in rules.LANGUAGES:
        raise Refusal(f"There are no pages in “{language}”. Choose English or Welsh.")
    for_oneself(person, by, events.LANGUAGE_CHOSEN)
    person.language = language
    with act(events.LANGUAGE_CHOSEN, on=person, by=by, language=language):
        person.save(update_fields=["language"])


def rename(person: Person, name: str, *, by: Actor) -> None:
    """How they are called from now on; what they did stays under the name of then. Raises Refusal
    for an empty name.
    """
    for_oneself(person, by, events.RENAMED)
    name = " ".join(name.split())
    if not name or len(name) > 200:
        raise Refusal("A name has 1 to 200 characters. Change it.")
    _refuse_a_name_of_ours(name)
    person.name = name
    with act(events.RENAMED, on=person, by=by):
        person.save(update_fields=["name"])


def _refuse_a_name_of_ours(name: str) -> None:
    if rules.is_ours(name):
        raise Refusal(f"“{name}” would be taken for the house itself. Choose another name.")


def certify(person: Person, until: date | None, *, by: Actor) -> None:
    """Record the last day of somebody’s training certificate, after which they may hand nothing in
    until it is renewed; None: none is asked of them.
    """
    person.certificate_until = until
    said = until.isoformat() if until else ""
    with act(events.CERTIFIED, on=person, by=by, until=said):
        person.save(update_fields=["certificate_until"])


def first_link(*, by: Actor) -> str:
    """A link for the first administrator while no administrator has ever signed in; else empty."""
    if queries.somebody_runs_the_house():
        return ""
    first = Person.objects.filter(role=Person.Role.ADMINISTRATOR, is_active=True).first()
    first = first or invite(FIRST, name="Administrator", role=Person.Role.ADMINISTRATOR, by=by)
    return entering.make_link(first, by=by)


def remove(person: Person, *, by: Actor) -> None:
    """Take away every right at once; sessions end with the next click. What they did stays on
    record.
    """
    with transaction.atomic():
        _keep_an_administrator(person)
        _remove(person, by=by)


def _remove(person: Person, *, by: Actor) -> None:
    person.is_active = False
    with act(events.REMOVED, on=person, by=by, was=person.role):
        person.save(update_fields=["is_active"])
        sessions.next_epoch(person)
        _shut_behind(person)


def _shut_behind(person: Person) -> None:
    """What opened the house to them opens it no more, also if they come back one day: links,
    accounts at providers, second factors, and what others were asked to make of them.
    """
    SignInLink.objects.filter(person=person, used_at=None).delete()
    providers.links(person).delete()
    Authenticator.objects.filter(user=person).delete()
    Grant.objects.filter(person=person, settled_at=None).update(settled_at=clock.now())


def _keep_an_administrator(person: Person) -> None:
    if [one.pk for one in administrators()] == [person.pk]:
        raise Refusal(f"{person.email} is the last administrator. Invite another first.")


def set_absence(
    person: Person, from_on: date, until_on: date, deputy: Person | None = None, *, by: Actor
) -> Absence:
    """Say that somebody is away from one day to another, both included, and who answers for them.

    For oneself; an administrator may for others. Raises Refusal for days that make no sense or
    overlap an absence already said, and for a deputy who cannot be one.
    """
    for_oneself(person, by, events.AWAY_SET)
    _judge_days(from_on, until_on)
    _judge_deputy(person, deputy)
    absence = Absence(person=person, from_on=from_on, until_on=until_on, deputy=deputy)
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)  # two at once would overlap
        known = queries.absences(person, from_on).filter(from_on__lte=until_on).first()
        if known:
            raise Refusal(
                f"{person.name} is already away from {known.from_on:%-d %B %Y} to "
                f"{known.until_on:%-d %B %Y}. End that first."
            )
        with act(events.AWAY_SET, on=person, by=by, until=until_on.isoformat()):
            absence.save()
    return absence


def end_absence(absence: Absence, *, by: Actor) -> None:
    """They are back, or stay after all. Raises Refusal when it has ended already."""
    for_oneself(absence.person, by, events.CAME_BACK)
    with act(events.CAME_BACK, on=absence.person, by=by):
        current = Absence.objects.filter(pk=absence.pk, ended_at=None)
        if not current.update(ended_at=clock.now()):
            raise Refusal("This absence has ended already.")


def _judge_days(from_on: date, until_on: date) -> None:
    if until_on < from_on:
        raise Refusal("The last day away must not be before the first. Change one of them.")
    if until_on < timezone.localtime(clock.now()).date():
        raise Refusal("The last day away has passed. Give today or a day to come.")
    if until_on - from_on > LONGEST_ABSENCE:
        raise Refusal("An absence may last a year. For longer, ask an administrator.")


def _judge_deputy(person: Person, deputy: Person | None) -> None:
    if deputy and deputy.pk == person.pk:
        raise Refusal("Nobody can be their own deputy. Choose somebody else.")
    if deputy and not deputy.is_active:
        raise Refusal(f"{deputy.name} is no longer here. Choose another deputy.")

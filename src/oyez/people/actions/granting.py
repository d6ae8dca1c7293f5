"""Making somebody an administrator: one administrator asks, another confirms."""

from __future__ import annotations

from django.db import transaction

from oyez.kit import clock
from oyez.ledger.actor import Actor, Refusal, signed
from oyez.ledger.acts import act, refuse_unless
from oyez.people import events, queries, rules
from oyez.people.models import Grant, Person

ALONE, CONSOLE, CONFIRMED = "alone", "console", "confirmed"  # as the record says how it came


def make_administrator(person: Person, *, why: str = "", by: Actor) -> Grant | None:
    """Make somebody an administrator; where another must agree first, what waits for their yes.

    Whoever has the machine does it at once, and so does an administrator who is the only one. Not
    within a week of another one’s going: else whoever sends the others away could fill the house
    anew before anybody has read of it.
    """
    with transaction.atomic():
        others = [one for one in administrators() if one.pk != by.id]
        if person.role == rules.ADMINISTRATOR and person.is_active:
            return None
        is_person = by.kind == Person.kind
        if is_person and others:
            return _ask(person, why=why, by=by)
        if is_person:
            _refuse_soon_after_a_loss()
        _make(person, ALONE if is_person else CONSOLE, why=why, by=by)
        return None


def administrators() -> list[Person]:
    """Locked, so that two who go or come at once see one another."""
    found = Person.objects.filter(role=rules.ADMINISTRATOR, is_active=True)
    return list(found.order_by("pk").select_for_update())


def _refuse_soon_after_a_loss() -> None:
    if since := queries.an_administrator_left_at():
        until = since + rules.GRANT_LASTS
        raise Refusal(
            "An administrator was removed lately, so a new one needs a second person until "
            f"{until:%-d %B %Y}. In an emergency: oyez people give EMAIL --role administrator --why"
        )


def _make(person: Person, how: str, *, why: str, by: Actor) -> None:
    person.role = rules.ADMINISTRATOR
    with act(events.ADMINISTRATOR_MADE, on=person, by=by, how=how, why=why[:300]):
        person.save(update_fields=["role"])
    Grant.objects.filter(person=person, settled_at=None).update(settled_at=clock.now())


def _ask(person: Person, *, why: str, by: Actor) -> Grant:
    """Once: asked again, it begins anew."""
    now = clock.now()
    Grant.objects.filter(person=person, settled_at=None).update(settled_at=now)
    asked = Grant(person=person, by=signed(by), why=why[:300], asked_at=now)
    asked.expires_at = now + rules.GRANT_LASTS
    with act(events.ADMINISTRATOR_ASKED, on=person, by=by, why=why[:300]):
        asked.save()
    return asked


def confirm(grant: Grant, *, by: Actor) -> None:
    """The second administrator’s yes. Raises Refusal for whoever asked, for the one it is about,
    when it is too late, and when whoever asked is no administrator any more.
    """
    with transaction.atomic():
        refuse_unless(events.ADMINISTRATOR_MADE, on=grant.person, by=by)
        known = {one.pk for one in administrators()}
        grant = _waiting(grant)
        if why_not := _may_not_confirm(grant, by):
            raise Refusal(why_not)
        if int(grant.by["id"]) not in known:
            raise Refusal("Whoever asked for this is no administrator any more. Ask for it anew.")
        _settle(grant, confirmed=True, by=by)
        _make(grant.person, CONFIRMED, why=grant.why, by=by)


def _may_not_confirm(grant: Grant, by: Actor) -> str:
    if by.kind != Person.kind:
        return "Only a person may confirm this. Say in whose name: oyez --as EMAIL people confirm"
    if str(by.id) == grant.by["id"]:
        return "You asked for this, so another administrator must confirm it."
    if by.id == grant.person_id:
        return "Nobody confirms their own right. Another administrator must."
    if rules.was_typed(by.name) and rules.was_typed(grant.by["name"]):
        return "It was asked for on the command line, so confirm it on its page."
    return ""


def decline(grant: Grant, *, by: Actor) -> None:
    """No; or, from whoever asked, never mind."""
    with transaction.atomic():
        grant = _waiting(grant)
        with act(events.ADMINISTRATOR_DECLINED, on=grant.person, by=by):
            _settle(grant, confirmed=False, by=by)


def _waiting(grant: Grant) -> Grant:
    current = Grant.objects.select_for_update(of=("self",)).select_related("person")
    found = current.get(pk=grant.pk)
    if found.settled_at or not found.person.is_active:
        raise Refusal("This is settled already.")
    if found.expires_at < clock.now():
        raise Refusal("Nobody confirmed this within seven days. Ask for it anew.")
    return found


def _settle(grant: Grant, *, confirmed: bool, by: Actor) -> None:
    grant.settled_at, grant.settled_by, grant.confirmed = clock.now(), signed(by), confirmed
    grant.save(update_fields=["settled_at", "settled_by", "confirmed"])

"""Publish the policy, acknowledge it, change a check's level, say what the house is."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, connection, transaction

from oyez.kit import clock
from oyez.ledger.actor import Actor, Refusal, signed
from oyez.ledger.acts import act
from oyez.people import queries as people
from oyez.people.models import Person
from oyez.policy import events, queries, registry, rules
from oyez.policy import facts as known
from oyez.policy.models import Acknowledgement, Clause, HouseFact, LevelChange, Version


def publish_version(said: rules.Said, *, by: Actor) -> Version:
    """Put a version in force: from now on everybody has to acknowledge it before they publish.

    Raises Refusal when its number is not higher than the last one’s, or its text cannot be kept.
    """
    with transaction.atomic():
        _one_at_a_time()
        current = queries.current_version()
        problem = rules.wrong(said, current.number if current else "", registry.ids())
        if problem:
            raise Refusal(problem)
        new = Version(
            number=said.number,
            text=said.text.strip(),
            owner=said.owner.strip(),
            approver=said.approver.strip(),
            approved_on=said.approved_on,
            review_on=said.review_on,
            published_at=clock.now(),
        )
        with act(events.PUBLISHED, on=new, by=by, number=said.number):
            new.save()
            Clause.objects.bulk_create(_clauses(new))
    return new


def _clauses(version: Version) -> list[Clause]:
    return [
        Clause(
            version=version,
            position=position,
            number=clause.number,
            title=clause.title,
            text=clause.text,
            checks=list(clause.checks),
        )
        for position, clause in enumerate(rules.read(version.text)[1])
    ]


def acknowledge(version: Version, *, by: Actor, person: Person | None = None) -> Acknowledgement:
    """Record that somebody has read the version in force: oneself, or, from the console, `person`.

    Doing it twice changes nothing. Raises Refusal for an older version and for nobody.
    """
    who = people.behind(by)
    if who and person not in (None, who):
        raise Refusal("Everybody acknowledges for themselves.")
    if not (who := who or person):
        raise Refusal("Say who acknowledges the policy.")
    if version != queries.current_version():
        raise Refusal(f"Version {version.number} is not in force. Read the one that is.")
    if done := version.acknowledgements.filter(person=who).first():
        return done
    new = Acknowledgement(version=version, person=who, by=signed(by), at=clock.now())
    try:
        with act(events.ACKNOWLEDGED, on=new, by=by, number=version.number, person=who.pk):
            new.save()
    except IntegrityError:  # they pressed twice
        return version.acknowledgements.get(person=who)
    return new


def change_level(check: str, level: str, *, why: str, by: Actor) -> LevelChange:
    """Decide that this check has this level here: one of rules.LEVELS, “off”, or “own” again.

    The decision is kept with its reason. Raises Refusal for a check that is only planned.
    """
    check = check.strip().upper()
    built = registry.by_id(check)
    if problem := rules.wrong_level(built, level) or rules.wrong_why(why):
        raise Refusal(problem)
    with transaction.atomic():
        _one_at_a_time()
        last = queries.level_changes(check).first()
        before = last.level if last else rules.OWN
        if before == level:
            raise Refusal(f"{check} is at this level already: {level}.")
        new = LevelChange(check_id=check, level=level, before=before, why=why.strip(),
                          by=signed(by), at=clock.now())  # fmt: skip
        with act(events.LEVEL_CHANGED, on=new, by=by, check=check, before=before, level=level):
            new.save()
    return new


def set_fact(key: str, lines: Sequence[str], *, by: Actor) -> HouseFact:
    """Say anew what the checks know of the house under a key of facts.ASKS; no lines: nothing.

    Raises Refusal when a line makes no sense.
    """
    kept = known.tidy(lines)
    if problem := known.wrong(key, kept):
        raise Refusal(problem)
    with transaction.atomic():
        _one_at_a_time()
        fact = HouseFact.objects.filter(key=key).first() or HouseFact(key=key)
        if fact.pk and fact.lines == kept:
            return fact
        fact.lines, fact.by, fact.at = kept, signed(by), clock.now()
        with act(events.FACT_SET, on=fact, by=by, key=key, lines=len(kept)):
            fact.save()
    return fact


def _one_at_a_time() -> None:
    """Two decisions on the policy at once are made one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('oyez.policy'))")

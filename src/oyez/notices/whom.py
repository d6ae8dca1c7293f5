"""Who are “the author”, “those who may approve”? The people behind the words of a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from oyez.decisions import queries as decisions
from oyez.decisions.events import APPROVED
from oyez.ledger.models import Event
from oyez.notices.rules import May, Named, Telling
from oyez.notices.subjects import Subject
from oyez.people import queries as people
from oyez.people.models import Person
from oyez.people.rules import APPROVER, Reaching
from oyez.posts import queries as posts


def whom(telling: Telling, subject: Subject, event: Event) -> list[Person]:
    """Everybody to tell, each once; nobody of what they did themselves, unless somebody else may
    have done it in their name.
    """
    found = _all(telling.to, subject) or _all(telling.or_else, subject)
    return [one for one in found if telling.topic.own_doing or not _did(one, event)]


def _all(to: Iterable[May | Named], subject: Subject) -> list[Person]:
    found: dict[int, Person] = {}
    for who in to:
        found |= {person.pk: person for person in _some(who, subject)}
    return list(found.values())


def _some(who: May | Named, subject: Subject) -> list[Person]:
    if isinstance(who, May):
        return people.who_may(who.kind.name, subject.on)
    return NAMED[who.name](subject)


def _did(person: Person, event: Event) -> bool:
    return (event.by_kind, event.by_id) == (Person.kind, str(person.pk))


def _author(subject: Subject) -> list[Person]:
    """Everybody whose words are in the message, and who handed it in."""
    return _here(posts.authors(subject.post)) if subject.post else []


def _talkers(subject: Subject) -> list[Person]:
    said = posts.comments(subject.post).values_list("by", flat=True) if subject.post else []
    return _here(said)


def _approvers(subject: Subject) -> list[Person]:
    """Those who could say yes at this moment and have not: it is their step, and no word of it is
    theirs.
    """
    review = decisions.review_of(subject.post) if subject.post else None
    if not review:
        return []
    said_yes = review.votes.filter(yes=True, digest=review.digest).values_list("by", flat=True)
    able = people.who_may(APPROVED.name, subject.post)
    asked = [one for one in able if not decisions.may_decide(review, one)]
    return [one for one in asked if one not in _here(said_yes)]


def _releasers(subject: Subject) -> list[Person]:
    """Those who may let go on what is held back."""
    if not subject.post:
        return []
    holds, reach = decisions.holds_on(subject.post), Reaching(subject.post.teams())
    roles = set(holds.filter(ended_at=None).values_list("role", flat=True))
    return [one for role in roles for one in decisions.releasers(role or APPROVER, reach)]


def _asker(subject: Subject) -> list[Person]:
    """Who brought the thing here, if they may sign in."""
    return _here([subject.by])


def _here(given: Iterable[Mapping[str, Any]]) -> list[Person]:
    """Those of them who are people, and still here."""
    numbers = {int(who["id"]) for who in given if who.get("kind") == Person.kind}
    return list(people.everyone().filter(pk__in=numbers))


def _themselves(subject: Subject) -> list[Person]:
    """Also who has gone: nobody is sent away without being told."""
    return [subject.on] if isinstance(subject.on, Person) else []


def _administrators(subject: Subject) -> list[Person]:
    return [one for one in people.administrators() if one != subject.on]


NAMED: Mapping[str, Callable[[Subject], list[Person]]] = {
    "author": _author,
    "approvers": _approvers,
    "talkers": _talkers,
    "asker": _asker,
    "releasers": _releasers,
    "administrators": _administrators,
    "themselves": _themselves,
}

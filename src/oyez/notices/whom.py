"""Who are “the author”, “those who may approve”? The people behind the words of a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from oyez.decisions import queries as decisions
from oyez.ledger.models import Event
from oyez.notices.rules import May, Named, Telling
from oyez.notices.subjects import Subject
from oyez.people import queries as people
from oyez.people.models import Person
from oyez.posts import queries as posts
from oyez.posts.models import Post


def whom(telling: Telling, subject: Subject, event: Event) -> list[Person]:
    """Everybody to tell, each once; nobody is told of what they did themselves."""
    found = _all(telling.to, subject) or _all(telling.or_else, subject)
    return [person for person in found if not _did(person, event)]


def _all(to: Iterable[May | Named], subject: Subject) -> list[Person]:
    found: dict[int, Person] = {}
    for who in to:
        found |= {person.pk: person for person in _some(who, subject)}
    return list(found.values())


def _some(who: May | Named, subject: Subject) -> list[Person]:
    if isinstance(who, May):
        return people.who_may(who.kind.name)
    return NAMED[who.name](subject.post) if subject.post else []


def _did(person: Person, event: Event) -> bool:
    return (event.by_kind, event.by_id) == (Person.kind, str(person.pk))


def _author(post: Post) -> list[Person]:
    """Everybody whose words are in it, and who handed it in."""
    return _here(posts.authors(post))


def _talkers(post: Post) -> list[Person]:
    return _here(posts.comments(post).values_list("by", flat=True))


def _approvers(post: Post) -> list[Person]:
    """Those who could say yes at this moment: it is their step, and no word of it is theirs."""
    review = decisions.review_of(post)
    return [one for one in people.everyone() if review and not decisions.may_decide(review, one)]


def _here(given: Iterable[Mapping[str, Any]]) -> list[Person]:
    """Those of them who are people, and still here."""
    numbers = {int(who["id"]) for who in given if who.get("kind") == Person.kind}
    return list(people.everyone().filter(pk__in=numbers))


NAMED: Mapping[str, Callable[[Post], list[Person]]] = {
    "author": _author,
    "approvers": _approvers,
    "talkers": _talkers,
}

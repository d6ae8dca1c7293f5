"""What people do with their own notices: read them, and choose how they come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from oyez.kit import clock
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.acts import act
from oyez.notices import events, queries, rules
from oyez.notices.models import DigestTime, Preference
from oyez.people import queries as people
from oyez.people.models import Person


def read(notice_id: int, *, by: Actor) -> None:
    """Mark one of their own notices as read; twice is once. Raises Refusal for another's."""
    person = _oneself(by)
    notice = queries.notices(person).filter(pk=notice_id).first()
    if not notice:
        raise Refusal("This notice is not yours, or is gone.")
    if notice.read_at is None:
        notice.read_at = clock.now()
        with act(events.READ, on=person, by=by, notices=1):
            notice.save(update_fields=["read_at"])


def read_all(*, up_to: int, by: Actor) -> int:
    """Mark every notice up to this number as read, so that what came while they looked stays
    unread. Returns how many.
    """
    person = _oneself(by)
    unread = queries.notices(person).filter(read_at=None, pk__lte=up_to).order_by()
    count = unread.count()
    with act(events.READ, on=person, by=by, notices=count):
        unread.update(read_at=clock.now())
    return count


def choose(ways: Mapping[str, str], digest_at: time, *, by: Actor) -> None:
    """How they want to be told of each topic (name -> way), and when on a day the digest comes.

    Raises Refusal for a topic that needs somebody and cannot be switched off.
    """
    person = _oneself(by)
    for name, how in ways.items():
        topic = rules.TOPICS.get(name)
        if not topic or how not in topic.ways:
            raise Refusal("This cannot be chosen: what needs somebody is always on the page.")
    with act(events.CHOSE, on=person, by=by, **ways):
        for name, how in ways.items():
            Preference.objects.update_or_create(person=person, topic=name, defaults={"how": how})
        DigestTime.objects.update_or_create(person=person, defaults={"at": digest_at})


def _oneself(by: Actor) -> Person:
    if person := people.behind(by):
        return person
    raise Refusal("Notices belong to people. Sign in on the page.")

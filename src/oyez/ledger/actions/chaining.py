"""Giving each event its link, after it was committed.

Not in the transaction of the event: everybody would wait there for everybody else. So an event that
commits late gets a later place, and the order of the links, not of the events, is the chain.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import connection, transaction

from oyez.kit import clock
from oyez.ledger import keys, rules
from oyez.ledger.anchors import Anchors
from oyez.ledger.models import Event, Link, Name
from oyez.ledger.rules import Happening, Mark

log = logging.getLogger(__name__)

AT_ONCE = 1000  # links in one transaction
LOCK = 0x4F59_0001  # whoever holds it works on the chain or on its names
_SALT_BYTES = 16
_TAKE = """
delete from ledger_unlinked where event in (
    select u.event from ledger_unlinked u join ledger_event e on e.id = u.event
    order by u.event limit %s
) returning event
"""  # an event that is gone leaves its line here: those who verify find it

Who = tuple[str, str, str]


def chain(at_once: int = AT_ONCE) -> int:
    """Give the events that have none their links; how many. None while another worker does it."""
    with transaction.atomic():
        made = _append(at_once) if _alone() else []
        if made:
            transaction.on_commit(partial(_note, made[-1]))
    return len(made)


def _note(last: Link) -> None:
    """A head that the chain has left is kept beside the new one: else what was cut off would be
    forgotten as soon as the house goes on.
    """
    anchors, mark = Anchors(settings.OYEZ.data), Mark(last.position, last.head.hex())
    if (before := anchors.newest()) and not _passes(before):
        log.warning("The record does not pass through %s, its head of a moment ago.", before)
        anchors.keep(before)
    anchors.note(mark, last.linked_at)


def _passes(mark: Mark) -> bool:
    link = Link.objects.filter(position=mark.position).first()
    return mark.position == 0 or bool(link and mark.fits(bytes(link.head)))


def chain_all() -> None:
    """The same, until none is left."""
    while chain():
        pass


def hold_the_chain() -> None:
    """Wait until nobody else works on the chain or its names, and keep them off until the end of
    this transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s)", [LOCK])
        row = cursor.fetchone()
    return bool(row and row[0])


def _append(at_once: int) -> list[Link]:
    events = _waiting(at_once)
    if not events:
        return []
    names = _names({_who(event) for event in events})
    return Link.objects.bulk_create(_links(events, names))


def _waiting(at_once: int) -> list[Event]:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [at_once])
        taken = [int(row[0]) for row in cursor.fetchall()]
    have_one = Link.objects.filter(event__in=taken).values("event")
    return list(Event.objects.filter(pk__in=taken).exclude(pk__in=have_one).order_by("pk"))


def _links(events: Sequence[Event], names: Mapping[Who, Name]) -> list[Link]:
    last, now, key = Link.objects.order_by("position").last(), clock.now(), keys.sealing()
    made: list[Link] = []
    for event in events:
        last = _link(event, names[_who(event)], last, now, *key)
        made.append(last)
    return made


def _link(
    event: Event, name: Name, last: Link | None, now: datetime, key_id: str, key: bytes
) -> Link:
    position, before = (last.position + 1, bytes(last.head)) if last else (1, rules.BEFORE_ALL)
    digest = rules.digest(happening(event), bytes(name.signature))
    head = rules.head(before, position, digest, rules.microseconds(now))
    seal = rules.seal(key, head)
    return Link(
        position=position,
        event=event.pk,
        name=name,
        linked_at=now,
        digest=digest,
        head=head,
        seal=seal,
        key=key_id,
    )


def happening(event: Event) -> Happening:
    what, who = (event.kind, event.on_kind, event.on_id), (event.by_kind, event.by_id)
    return Happening(event.pk, *what, *who, rules.microseconds(event.at), event.data)


def _who(event: Event) -> Who:
    return (event.by_kind, event.by_id, event.by_name)


def _names(wanted: set[Who]) -> dict[Who, Name]:
    """A row for each of these names, made where there is none."""
    ids = {by_id for _, by_id, _ in wanted}
    rows = Name.objects.filter(erased=False, by_id__in=ids)
    known = {(row.by_kind, row.by_id, row.name): row for row in rows}
    return {who: known.get(who) or _new_name(who) for who in wanted}


def _new_name(who: Who) -> Name:
    by_kind, by_id, name = who
    salt = os.urandom(_SALT_BYTES)
    signature = rules.signature(salt, *who)
    return Name.objects.create(
        by_kind=by_kind, by_id=by_id, name=name, salt=salt, signature=signature
    )

"""Is the record whole? All of it is gone through, from the first link to the last.

It ends at the first place that does not hold: behind a forged link nothing is proved any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db import DataError, NotSupportedError, connection, transaction

from oyez.kit import clock
from oyez.ledger import keys, rules
from oyez.ledger.anchors import Anchors
from oyez.ledger.models import Event, Link, Name, Unlinked, Verification, Verifying
from oyez.ledger.queries.happened import has_job
from oyez.ledger.rules import Mark
from oyez.ledger.walk import FORGED, INSERTED, MISSING, Break, Broken, Row, Walk

EACH = 10_000  # links between two words of progress
_SINCE_1970 = "(extract(epoch from {}) * 1000000)::bigint"
_WALK = """
select l.position, l.event, l.name_id, {linked_at}, l.digest, l.head, l.seal, l.key,
    e.id, e.kind, e.on_kind, e.on_id, e.by_kind, e.by_id, {at}, e.data, e.by_name
from ledger_link l left join ledger_event e on e.id = l.event order by l.position
""".format(linked_at=_SINCE_1970.format("l.linked_at"), at=_SINCE_1970.format("e.at"))
_OUTSIDE = """
select min(id) from ledger_event e where not exists (select from ledger_link l where l.event = e.id)
    and not exists (select from ledger_unlinked u where u.event = e.id)
"""
_GONE = """
select min(event) from ledger_unlinked u
where not exists (select from ledger_event e where e.id = u.event)
"""
_PLACES = """
select position, head, {linked_at}, lag(head) over (order by position) from ledger_link
""".format(linked_at=_SINCE_1970.format("linked_at"))


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far the record is whole. `lost`: links that a restore left behind, by its time."""

    links: int
    head: bytes
    waiting: int
    late: int
    lost: dict[str, int]
    broken: Break | None = None


def verify(
    *, noted: Sequence[Mark] = (), progress: Callable[[int, int], None] = lambda done, all_: None
) -> Verdict:
    """Go through all of the record, and compare it with what was noted outside the database (and
    with `noted`, which somebody gives by hand). Nothing is kept in memory.
    """
    marks, lost = rules.standing(Anchors(settings.OYEZ.data).noted())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read, read only")
        walk = _begin([*marks, *noted])
        waiting, broken = _count("select count(*) from ledger_unlinked"), None
        try:
            _go(walk, progress)
            _outside(walk.next)
        except Broken as here:
            broken = replace(here.found, position=here.found.position or walk.next)
    return Verdict(walk.position, walk.head, waiting, walk.late, lost, broken)


def _begin(marks: Sequence[Mark]) -> Walk:
    at: dict[int, list[Mark]] = {}
    for mark in marks:
        at.setdefault(mark.position, []).append(mark)
    at.pop(0, None)
    names = {name.pk: name for name in Name.objects.all()}
    return Walk(names, keys.known(), at, _place_of)


def _go(walk: Walk, progress: Callable[[int, int], None]) -> None:
    total = _count("select coalesce(max(position), 0) from ledger_link")
    for row in _rows():
        walk.step(row)
        if row.position % EACH == 0:
            progress(row.position, total)
    walk.end()


def _rows() -> Iterator[Row]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(_WALK)
        try:
            while some := cursor.fetchmany(2000):
                yield from map(Row._make, some)
        except (DataError, NotSupportedError) as unreadable:  # a time that is none
            raise Broken(Break(0, FORGED, "A link or event cannot be read.")) from unreadable


def _outside(end: int) -> None:
    if event := _count(_OUTSIDE):
        says = f"Event {event} stands beside the chain: it was not recorded by this house."
        raise Broken(Break(end, INSERTED, says, event))
    if event := _count(_GONE):
        says = f"Event {event} has gone before it had its link."
        raise Broken(Break(end, MISSING, says, event))


def _count(question: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
    return int(row[0] or 0) if row else 0


def _place_of(row: Row) -> int | None:
    """Where in the chain this link’s digest fits, if anywhere but here."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_PLACES)
        for position, head, linked_at, before in cursor:
            if position == row.position:
                continue
            for moment in (linked_at, row.linked_at):
                fits = rules.head(before or rules.BEFORE_ALL, position, row.digest, moment)
                if fits in (head, row.head):
                    return int(position)
    return None


def mark() -> Mark:
    """How far the chain goes at this moment: what a colleague notes down."""
    last = Link.objects.order_by("position").last()
    return Mark(last.position, bytes(last.head).hex()) if last else Mark(0, "")


def last_verification() -> Verification | None:
    """When was the record last gone through, and what came of it?"""
    return Verification.objects.order_by("-at").first()


def verifying() -> Verifying | None:
    """What somebody asked for and is not done. What no job is left for is nothing any more."""
    wanted = has_job("oyez.ledger.jobs.verify_record")
    return Verifying.objects.filter(wanted, ended_at=None).order_by("-pk").first()


def asked(pk: int) -> Verifying:
    return Verifying.objects.get(pk=pk)


def breaks() -> int:
    """One, if the record did not hold when it was last gone through."""
    last = last_verification()
    return int(bool(last and last.broken_at is not None))


def waiting_too_long() -> int:
    """How many events wait for their link although nobody makes any; none while somebody does."""
    long_ago, since = clock.now() - rules.LATE, waiting_since()
    last = Link.objects.order_by("position").last()
    if not since or since > long_ago or (last and last.linked_at > long_ago):
        return 0
    return Unlinked.objects.count()


def waiting_since() -> datetime | None:
    """Since when the oldest event without a link waits for it."""
    row = Unlinked.objects.order_by("event").first()
    event = row and Event.objects.filter(pk=row.event).first()
    return event.at if event else None

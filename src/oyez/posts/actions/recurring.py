"""Letting a message come again: a draft for each time, made once, whatever happens in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from oyez.kit import walltime
from oyez.ledger.actor import Actor, Refusal, signed
from oyez.ledger.acts import act
from oyez.ledger.moment import database_now
from oyez.posts import events, recurring, rules
from oyez.posts.actions.editing import start
from oyez.posts.draft import Draft
from oyez.posts.models import Occurrence, Recurrence

AHEAD = timedelta(days=7)  # so long before its time a draft is there, to be read and approved
AT_ONCE = 100


def repeat(
    draft: Draft,
    *,
    rule: str,
    starts: datetime,
    zone: str,
    until: date | None = None,
    also_by: Sequence[dict[str, str]] = (),
    by: Actor,
) -> Recurrence:
    """Make a draft like this for each time: `rule` of RFC 5545 from `starts` (naive, on the wall
    of `zone`) until that day or for good. Where the words were asked for, each of its drafts is
    made from that request. `also_by`: who wrote the words, and may approve none of them.

    Raises Refusal for an unknown rule, and for one that has no time to come.
    """
    if not recurring.known(rule):
        raise Refusal("That is not a rule we can follow. Say daily, weekly, monthly or yearly.")
    if not draft.to or not draft.text.strip():
        raise Refusal("Write the message and say where it goes first.")
    now = database_now()
    made = Recurrence(
        content=draft.without_time().as_json(),
        rule=rule,
        starts=_text(starts),
        until=until,
        zone=zone,
        by=signed(by),
        also_by=list(also_by),
        made_at=now,
    )
    local = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    _advance(made, local if starts <= local else None)
    if not made.next_wall:
        raise Refusal("There is no such time to come. Choose another first or last day.")
    if _moment(made) > now + rules.FURTHEST:
        raise Refusal("The first time is over two years away. Give a nearer one.")
    with transaction.atomic(), act(events.REPEATED, on=made, by=by):
        made.save()
    return made


def end_repeat(recurrence: Recurrence, *, by: Actor) -> None:
    """No more drafts of it; those there are stay. Twice is once."""
    with transaction.atomic():
        current = Recurrence.objects.select_for_update().get(pk=recurrence.pk)
        if current.ended_at:
            return
        current.ended_at = database_now()
        with act(events.REPEAT_ENDED, on=current, by=by):
            current.save(update_fields=["ended_at"])


def make_due(*, by: Actor) -> int:
    """Make the drafts that are due. After an outage the times gone by are left out, and said so."""
    made = 0
    due = Recurrence.objects.filter(ended_at=None, make_at__lte=database_now())
    for pk in due.order_by("make_at").values_list("pk", flat=True)[:AT_ONCE]:
        with transaction.atomic():
            made += _make(Recurrence.objects.select_for_update().get(pk=pk), by=by)
    return made


def _make(recurrence: Recurrence, *, by: Actor) -> int:
    """All of its times that are due by now."""
    made, now = 0, database_now()
    while recurrence.make_at and recurrence.make_at <= now and not recurrence.ended_at:
        made += _occur(recurrence, now, by=by)
        _advance(recurrence, datetime.fromisoformat(recurrence.next_wall))
    recurrence.save(update_fields=["next_wall", "make_at"])
    return made


def _occur(recurrence: Recurrence, now: datetime, *, by: Actor) -> int:
    one, new = Occurrence.objects.get_or_create(
        recurrence=recurrence, wall=recurrence.next_wall, defaults={"post": None}
    )
    if not new:
        return 0
    if _moment(recurrence) <= now:
        with act(events.REPEAT_MISSED, on=recurrence, by=by, wall=one.wall):
            return 0
    wall, fold = recurring.meant(datetime.fromisoformat(one.wall), recurrence.zone)
    draft = replace(recurrence.draft, wall=_text(wall), zone=recurrence.zone, fold=fold)
    one.post = start(draft, by=by, also_by=[*filter(None, [recurrence.by]), *recurrence.also_by])
    one.save(update_fields=["post"])
    return 1


def _advance(recurrence: Recurrence, after: datetime | None) -> None:
    """To the next time; without one it makes no more drafts."""
    starts = datetime.fromisoformat(recurrence.starts)
    found = recurring.next_wall(recurrence.rule, starts, recurrence.until, after)
    recurrence.next_wall = _text(found) if found else ""
    recurrence.make_at = _moment(recurrence) - AHEAD if found else None


def _moment(recurrence: Recurrence) -> datetime:
    wall = datetime.fromisoformat(recurrence.next_wall)
    return walltime.moment(*_placed(wall, recurrence.zone))


def _placed(wall: datetime, zone: str) -> tuple[datetime, str, int | None]:
    really, fold = recurring.meant(wall, zone)
    return really, zone, fold


def _text(wall: datetime) -> str:
    return f"{wall:%Y-%m-%dT%H:%M}"

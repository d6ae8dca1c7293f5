"""When is a channel’s next free time, and what comes again?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet

from oyez.kit import clock, walltime
from oyez.ledger.actor import Refusal
from oyez.posts.models import Post, Recurrence, Slot, Wording
from oyez.posts.queries.messages import drafts
from oyez.posts.recurring import WeekTime, slots_after


def slots() -> QuerySet[Slot]:
    """The times of each channel’s week, in order."""
    return Slot.objects.select_related("channel")


def slot(pk: int) -> Slot:
    found = slots().filter(pk=pk).first()
    if not found:
        raise Refusal(f"There is no slot {pk}.")
    return found


def recurrences() -> QuerySet[Recurrence]:
    """What comes again, the next first."""
    return Recurrence.objects.filter(ended_at=None).order_by("make_at", "pk")


def recurrence(pk: int) -> Recurrence:
    found = Recurrence.objects.filter(pk=pk).first()
    if not found:
        raise Refusal(f"There is no message {pk} that comes again.")
    return found


def next_free_slot(post: Post) -> tuple[datetime, str] | None:
    """The next slot (on the wall, with its zone) of any of its channels, at which nothing else goes
    to one of them.
    """
    to = post.draft.to
    by_zone: dict[str, list[WeekTime]] = {}
    for one in Slot.objects.filter(channel__in=to):
        by_zone.setdefault(one.zone, []).append(WeekTime(one.weekday, one.wall))
    taken, now, free = _taken(to, post), clock.now(), []
    for zone, times in by_zone.items():
        local = now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        for wall in slots_after(local, times):
            try:
                at = walltime.moment(wall, zone)
            except walltime.NoSuchTime:
                continue
            if at not in taken:
                free.append((at, wall, zone))
                break
    return min(free)[1:] if free else None


def _taken(to: Sequence[int], but: Post) -> set[datetime]:
    """When something goes to one of these channels already, drafts with a time too."""
    planned = Wording.objects.filter(
        channel__in=to,
        part=1,
        wall_time__gt=clock.now(),
        version=F("variant__post__version"),
        variant__post__state=Post.State.SUBMITTED,
    )
    found = set(planned.exclude(variant__post=but).values_list("wall_time", flat=True))
    for other in drafts().filter(content__has_key="wall").exclude(pk=but.pk):
        draft = other.draft
        if set(draft.to) & set(to):
            try:
                found.add(draft.goes_at() or clock.now())
            except walltime.NoSuchTime:
                continue
    return found

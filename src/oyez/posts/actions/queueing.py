"""Slots of a channel's week, and putting a draft into the next free one."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from django.db import IntegrityError, connection, transaction

from oyez.channels.models import Channel
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.acts import act
from oyez.posts import events, queries
from oyez.posts.actions.editing import save
from oyez.posts.models import Post, Slot


def keep_slot(channel: Channel, *, weekday: int, wall: time, zone: str, by: Actor) -> Slot:
    """A time of the week (0 is Monday) at which something may go to this channel."""
    slot = Slot(channel=channel, weekday=weekday, wall=wall, zone=zone)
    try:
        with transaction.atomic(), act(events.SLOT_KEPT, on=slot, by=by):
            slot.save()
    except IntegrityError:
        raise Refusal(f"{channel.name} has this time already.") from None
    return slot


def remove_slot(slot: Slot, *, by: Actor) -> None:
    """Nothing more is put there; what is planned stays planned."""
    with transaction.atomic(), act(events.SLOT_REMOVED, on=slot, by=by):
        slot.delete()


def queue(post: Post, *, by: Actor) -> Post:
    """Give a draft the next slot of its channels that nothing else has. Raises Refusal without one.

    Two at once get two slots.
    """
    with transaction.atomic():
        _one_at_a_time()
        post = queries.locked(post)
        found = queries.next_free_slot(post)
        if not found:
            raise Refusal("None of its channels has a free slot. Keep times for them first.")
        wall, zone = found
        draft = replace(post.draft, wall=f"{wall:%Y-%m-%dT%H:%M}", zone=zone, fold=None)
        return save(post, draft, based_on=post.version, by=by)


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('queue of slots', 0))")

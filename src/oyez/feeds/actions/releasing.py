"""Letting items out at their time: they go on, wait, or are left out with the reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from oyez.feeds import events, queries, rules
from oyez.feeds.models import Feed, Item
from oyez.ledger.actor import Actor
from oyez.ledger.acts import act
from oyez.ledger.moment import database_now


def release_due(*, by: Actor) -> int:
    """Let out the items whose settling is over. Returns how many were looked at."""
    now = database_now()
    with transaction.atomic():
        due = queries.settled(now).select_related("feed")
        ready = list(due.select_for_update(skip_locked=True, of=("self",))[:200])
        for item in ready:
            release(item, now, by=by)
    return len(ready)


def release(item: Item, now: datetime, *, by: Actor) -> None:
    """The item goes on, waits behind the flood cap, or is left out; each with its reason."""
    feed = item.feed
    if why := item.barred or _overtaken(item, now):
        _leave_out(item, why, by=by)
    elif rules.too_old(item.arrived_at, feed.settle, now, item.expires_at):
        _leave_out(item, "Too late: it could not go out within a day, and is no news now.", by=by)
    elif feed.trust == Feed.Trust.WATCH:
        item.state, item.why = Item.State.WATCHED, "The feed is only watched."
        item.save(update_fields=["state", "why"])
    elif free := rules.free_at(_released_lately(feed, now), now, feed.flood_cap):
        minutes = int(rules.FLOOD_WINDOW.total_seconds() // 60)
        item.ready_at = free
        item.why = f"Held back: at most {feed.flood_cap} in {minutes} minutes."
        item.save(update_fields=["ready_at", "why"])
    else:
        item.state, item.why, item.released_at = Item.State.RELEASED, "", now
        with act(events.ITEM_ARRIVED, on=item, by=by):
            item.save(update_fields=["state", "why", "released_at"])


def _overtaken(item: Item, now: datetime) -> str:
    """Why a warning is none any more; empty if it still is."""
    if item.expires_at and item.expires_at <= now:
        return rules.EXPIRED
    return queries.why_overtaken(item)


def _released_lately(feed: Feed, now: datetime) -> list[datetime]:
    lately = feed.items.filter(released_at__gt=now - rules.FLOOD_WINDOW)
    return [at for at in lately.values_list("released_at", flat=True) if at]


def _leave_out(item: Item, why: str, *, by: Actor) -> None:
    item.state, item.why = Item.State.SKIPPED, why[:300]
    with act(events.ITEM_SKIPPED, on=item, by=by):
        item.save(update_fields=["state", "why"])

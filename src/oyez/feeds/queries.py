"""Which feeds do we poll, and what came of them?"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Min, QuerySet

from oyez.feeds import rules
from oyez.feeds.models import Feed, Item
from oyez.ledger.actor import Refusal


def feeds() -> QuerySet[Feed]:
    return Feed.objects.order_by("name", "id")


def one(name: str) -> Feed:
    """The feed of this number, name or address. Raises Refusal when there is none."""
    found = feeds().filter(pk=int(name)).first() if name.isdecimal() else None
    found = found or feeds().filter(url=name).first() or feeds().filter(name__iexact=name).first()
    if not found:
        raise Refusal(f"There is no feed “{name}”. See the list with: oyez feeds list")
    return found


def due(now: datetime) -> QuerySet[Feed]:
    """Feeds to poll, the longest waiting first."""
    return Feed.objects.filter(state=Feed.State.ACTIVE, next_poll_at__lte=now).order_by(
        "next_poll_at"
    )


def settled(now: datetime) -> QuerySet[Item]:
    """Items whose time has come, the oldest news first."""
    return Item.objects.filter(state=Item.State.SETTLING, ready_at__lte=now).order_by(
        "ready_at", "published_at", "id"
    )


def next_poll() -> datetime | None:
    """When the next feed is due; may lie in the past."""
    active = Feed.objects.filter(state=Feed.State.ACTIVE)
    at: datetime | None = active.aggregate(at=Min("next_poll_at"))["at"]
    return at


def next_release() -> datetime | None:
    """When the next item has settled; may lie in the past."""
    settling = Item.objects.filter(state=Item.State.SETTLING, feed__state=Feed.State.ACTIVE)
    at: datetime | None = settling.aggregate(at=Min("ready_at"))["at"]
    return at


def items(feed: Feed | None = None) -> QuerySet[Item]:
    """Items, newest first."""
    found = Item.objects.select_related("feed").order_by("-arrived_at", "-id")
    return found.filter(feed=feed) if feed else found


def silent(now: datetime) -> list[Feed]:
    """Feeds that have been quiet for over three times their usual gap."""
    active = Feed.objects.filter(state=Feed.State.ACTIVE, usual_gap__isnull=False)
    return [f for f in active if rules.is_silent(f.last_item_at, f.usual_gap, now)]


def failing() -> QuerySet[Feed]:
    return Feed.objects.filter(state=Feed.State.ACTIVE, failures__gt=0)

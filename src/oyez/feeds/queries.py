"""Which feeds do we poll, and what came of them?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, QuerySet

from oyez.feeds import events, rules
from oyez.feeds.models import Feed, Item, Target
from oyez.ledger import queries as ledger
from oyez.ledger.actor import Refusal


def feeds() -> QuerySet[Feed]:
    return Feed.objects.order_by("name", "id")


def numbered(pk: int) -> Feed:
    """The feed of this number. Raises Refusal when there is none."""
    if found := feeds().filter(pk=pk).first():
        return found
    raise Refusal(f"There is no feed {pk}.")


def one(name: str) -> Feed:
    """The feed of this number, name or address. Raises Refusal when there is none."""
    found = feeds().filter(pk=int(name)).first() if name.isdecimal() else None
    found = found or feeds().filter(url=name).first() or feeds().filter(name__iexact=name).first()
    if not found:
        raise Refusal(f"There is no feed “{name}”. See the list with: oyez feeds list")
    return found


def who_changed_the_rule(feed: Feed) -> list[dict[str, str]]:
    """Everybody who gave the feed its words and channels, or others since."""
    told = ledger.history(feed).filter(kind__in=[events.ADDED.name, events.CHANGED.name])
    found = list(told)
    rules_after = [*(event.data.get("before", "") for event in found[1:]), feed.rule_digest]
    return [
        {"kind": event.by_kind, "id": event.by_id, "name": event.by_name}
        for event, after in zip(found, rules_after, strict=False)  # none, if nobody added it
        if event.data.get("before", "") != after
    ]


def known(url: str) -> Feed | None:
    """The feed that already has this address, unless its publisher ended it."""
    return feeds().filter(url=url).exclude(state=Feed.State.ENDED).first()


def known_by_either(url: str) -> Feed | None:
    """The same, whether we have it by http or by https."""
    bare = url.partition("://")[2]
    return known(f"https://{bare}") or known(f"http://{bare}")


def due(now: datetime) -> QuerySet[Feed]:
    """Feeds to poll, the longest waiting first."""
    return Feed.objects.filter(state=Feed.State.ACTIVE, next_poll_at__lte=now).order_by(
        "next_poll_at"
    )


def settled(now: datetime) -> QuerySet[Item]:
    """Items whose time has come, the oldest news first. Those of a feed that ended go on too."""
    return _settling().filter(ready_at__lte=now).order_by("ready_at", "published_at", "id")


def next_poll() -> datetime | None:
    """When the next feed is due; may lie in the past."""
    active = Feed.objects.filter(state=Feed.State.ACTIVE)
    at: datetime | None = active.aggregate(at=Min("next_poll_at"))["at"]
    return at


def next_release() -> datetime | None:
    """When the next item has settled; may lie in the past."""
    at: datetime | None = _settling().aggregate(at=Min("ready_at"))["at"]
    return at


def _settling() -> QuerySet[Item]:
    waiting = Item.objects.filter(state=Item.State.SETTLING)
    return waiting.exclude(feed__state=Feed.State.PAUSED)


def items(feed: Feed | None = None) -> QuerySet[Item]:
    """Items, newest first."""
    found = Item.objects.select_related("feed").order_by("-arrived_at", "-id")
    return found.filter(feed=feed) if feed else found


def overtaken_by(item: Item) -> Item | None:
    """The newest warning of its feed that updates or cancels this one."""
    if not item.warning or not (name := item.warning["identifier"]):
        return None
    later = Item.objects.filter(feed=item.feed, warning__references__contains=[name])
    return later.filter(warning__status="Actual").exclude(pk=item.pk).order_by("-id").first()


def why_overtaken(item: Item) -> str:
    """Why this warning is none any more; empty while it still is, and for any other item."""
    later = overtaken_by(item)
    return f"A later warning took its place before its time came: {later.title}" if later else ""


def overtakes(item: Item) -> QuerySet[Item]:
    """The earlier warnings of its feed that this one updates or cancels, in its language first."""
    names = item.warning["references"] if item.warning else []
    earlier = Item.objects.filter(feed=item.feed, warning__identifier__in=names)
    return earlier.exclude(pk=item.pk).order_by("-id")


def passed_on_since(feed: Feed, moment: datetime) -> int:
    """How many of its items went on after this moment."""
    return Item.objects.filter(feed=feed, released_at__gt=moment).count()


def silent(now: datetime, *, but: Collection[int] = ()) -> list[Feed]:
    """Feeds that have been quiet for over three times their usual gap, without those numbered."""
    active = Feed.objects.filter(state=Feed.State.ACTIVE, usual_gap__isnull=False)
    active = active.exclude(pk__in=but)
    return [f for f in active if rules.is_silent(f.last_item_at, f.usual_gap, now)]


def going_to(channels: Collection[int]) -> set[int]:
    """The feeds, by number, that go to one of these channels."""
    if not channels:
        return set()
    return set(Target.objects.filter(channel__in=channels).values_list("feed", flat=True))


def failing() -> QuerySet[Feed]:
    return Feed.objects.filter(state=Feed.State.ACTIVE, failures__gt=0)


@dataclass(frozen=True, slots=True)
class StandingDecision:
    """Who let the feed post by itself and when; and, where it holds no more, who ended it."""

    by: str
    at: datetime
    holds: bool
    edited: bool = False  # it ended because somebody changed the rule
    ended_by: str = ""
    ended_at: datetime | None = None


def standing_decision(feed: Feed) -> StandingDecision | None:
    """The newest decision that the feed may post by itself; None when nobody ever took one."""
    decided = ledger.history(feed).filter(kind=events.TRUSTED.name)
    last = decided.filter(data__trust=Feed.Trust.AUTOMATIC).last()
    if not last:
        return None
    if feed.stands_for(feed.rule_digest):
        return StandingDecision(last.by_name, last.at, holds=True)
    end = decided.filter(id__gt=last.id).first()
    if not end:  # the rule is another one although nobody said so
        return StandingDecision(last.by_name, last.at, holds=False, edited=True)
    edited = bool(end.data.get("edited"))
    return StandingDecision(last.by_name, last.at, False, edited, end.by_name, end.at)

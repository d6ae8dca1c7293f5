"""What is on its way, what became of it, and is anything stuck?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Exists, F, Max, Min, OuterRef, Q, QuerySet
from procrastinate.contrib.django.models import ProcrastinateWorker

from oyez.channels import queries as channels
from oyez.channels.models import Channel
from oyez.decisions.models import Decision
from oyez.deliveries import ready, rules
from oyez.deliveries.models import Delivery
from oyez.emergency import queries as emergency
from oyez.feeds.models import Feed, Item
from oyez.kit import clock
from oyez.ledger.actor import Refusal
from oyez.ledger.queries import has_job
from oyez.posts.models import Post, Variant

STATES = tuple(Delivery.State.values)
STUCK_AFTER = timedelta(minutes=1)
SWEPT_FOR = timedelta(days=30)  # longer than any outage
WORKER_SILENT_AFTER = timedelta(seconds=30)


def deliveries(state: str = "") -> QuerySet[Delivery]:
    """Every delivery, newest first, or those in one state."""
    found = Delivery.objects.select_related("channel", "wording__variant__post").order_by("-id")
    return found.filter(state=state) if state else found


def one(pk: int) -> Delivery:
    found = deliveries().filter(pk=pk).first()
    if not found:
        raise Refusal(f"There is no delivery {pk}. See the list with: oyez deliveries")
    return found


def of_post(post: Post) -> QuerySet[Delivery]:
    return deliveries().filter(wording__variant__post=post).order_by("channel_id", "id")


def by_channel(channel: Channel) -> QuerySet[Delivery]:
    """What was or will be sent to one channel, newest first."""
    return deliveries().filter(channel=channel)


def last_sent(channel: Channel) -> datetime | None:
    """When something last arrived there."""
    arrived = by_channel(channel).filter(state=rules.ARRIVED)
    at: datetime | None = arrived.aggregate(at=Max("sent_at"))["at"]
    return at


def next_moment() -> datetime | None:
    """When something waiting becomes due. No `> now()`: what fell due between two questions must
    not wait.
    """
    at: datetime | None = Delivery.objects.filter(state=rules.WAITING).aggregate(at=Min("due_at"))[
        "at"
    ]
    return at


def next_look() -> datetime | None:
    at: datetime | None = Delivery.objects.filter(state=rules.UNSURE).aggregate(at=Min("due_at"))[
        "at"
    ]
    return at


def asking() -> QuerySet[Delivery]:
    return deliveries(rules.ASKING)


def lately_unsent(since: datetime) -> QuerySet[Delivery]:
    """Refused or withheld since then: what a person may want to mend."""
    states = [rules.REFUSED, rules.WITHHELD]
    return deliveries().filter(state__in=states, settled_at__gt=since)


def going_next() -> QuerySet[Delivery]:
    open_states = [rules.WAITING, rules.QUEUED, rules.SENDING, rules.UNSURE]
    return deliveries().filter(state__in=open_states).order_by("due_at", "id")


def messages_going_out_before(moment: datetime) -> int:
    """How many messages, not deliveries, are still to go by then."""
    return (
        going_next().filter(due_at__lt=moment).values("wording__variant__post").distinct().count()
    )


def messages(states: Collection[str] = ()) -> QuerySet[Post]:
    """Messages, newest first: all, or those with a delivery in one of these states."""
    found = Post.objects.select_related("item__feed").order_by("-id")
    if not states:
        return found
    sent = Delivery.objects.filter(wording__variant__post=OuterRef("pk"), state__in=states)
    return found.filter(Exists(sent))


def still_here(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Those of these messages of which something has not left: drafts, what waits for a yes, and
    what waits for its time.
    """
    ours = Delivery.objects.filter(
        wording__variant__post=OuterRef("pk"), wording__version=OuterRef("version")
    )
    waits = Exists(ours.filter(state__in=[rules.WAITING, rules.QUEUED]))
    submitted = Q(waits | ~Exists(ours), state=Post.State.SUBMITTED)
    return posts.filter(Q(state=Post.State.DRAFT) | submitted)


def of_posts(posts: Iterable[Post]) -> dict[int, list[Delivery]]:
    """The deliveries of each message, from one question; a message without any is left out."""
    found: dict[int, list[Delivery]] = {}
    for delivery in deliveries().filter(wording__variant__post__in=list(posts)).order_by("id"):
        found.setdefault(delivery.wording.variant.post_id, []).append(delivery)
    return found


def published() -> QuerySet[Delivery]:
    """What stands on our own page, newest first."""
    return deliveries(rules.ARRIVED).filter(channel__in=channels.ours()).order_by("-settled_at")


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of an item, in a word and a reason."""

    outcome: str
    why: str
    post_id: int | None = None


_ENDINGS = (
    (rules.ASKING, "asking"),
    (rules.UNSURE, "checking"),
    (rules.SENDING, "sending"),
    (rules.QUEUED, "sending"),
    (rules.WAITING, "waiting"),
    (rules.REFUSED, "refused"),
    (rules.WITHHELD, "withheld"),
    (rules.ARRIVED, "posted"),
)
_BEFORE = {
    Item.State.SEEDED: "seeded",
    Item.State.SETTLING: "settling",
    Item.State.SKIPPED: "skipped",
    Item.State.WATCHED: "watched",
}


def fate(items: Iterable[Item]) -> dict[int, Fate]:
    """What became of each item: one outcome and its reason, from three questions however many
    items.
    """
    wanted = list(items)
    posts = {p.item_id: p for p in Post.objects.filter(item__in=wanted)}
    sent = of_posts(posts.values())
    held = {
        d.wording.variant.post_id: d.why
        for d in Decision.objects.filter(
            verdict=Decision.Verdict.HELD, wording__variant__post__in=posts.values()
        ).select_related("wording__variant")
    }
    left_out: dict[int, str] = {
        v.post_id: f"{v.channel}: {v.left_out}"
        for v in Variant.objects.filter(post__in=posts.values())
        .exclude(left_out="")
        .select_related("channel")
    }
    return {i.pk: _fate(i, posts.get(i.pk), sent, held, left_out) for i in wanted}


def _fate(
    item: Item,
    post: Post | None,
    sent: dict[int, list[Delivery]],
    held: dict[int, str],
    left_out: dict[int, str],
) -> Fate:
    if item.state in _BEFORE:
        return Fate(_BEFORE[Item.State(item.state)], _before(item))
    if not post:
        return Fate("waiting", "On its way through the house.")
    if post.state == Post.State.CLOSED:
        outcome = "merged" if post.why.startswith("Merged") else "skipped"
        return Fate(outcome, post.why, post.pk)
    if post.pk in held:
        return Fate("held", held[post.pk], post.pk)
    outcome, why = _worst(sent.get(post.pk, []))
    return Fate(outcome, " ".join(filter(None, [why, left_out.get(post.pk, "")])), post.pk)


def _before(item: Item) -> str:
    """Why an item has not become a message."""
    if item.state == Item.State.SETTLING and item.feed.state == Feed.State.PAUSED:
        return "The feed is paused."
    return item.why or ("Waiting for its author’s last corrections." if item.ready_at else "")


def _worst(found: list[Delivery]) -> tuple[str, str]:
    """The ending that needs a person most, with a reason for each channel that has one."""
    for state, outcome in _ENDINGS:
        in_state = [d for d in found if d.state == state]
        if in_state:
            return outcome, " ".join(f"{d.channel}: {d.why}" for d in in_state if d.why)
    return "waiting", "On its way through the house."


def items_without_a_post() -> QuerySet[Item]:
    released = Item.objects.filter(state=Item.State.RELEASED, released_at__range=_lately())
    return released.filter(~Exists(Post.objects.filter(item=OuterRef("pk"))))


def approved_without_delivery() -> QuerySet[Post]:
    approved = Decision.objects.filter(
        verdict=Decision.Verdict.APPROVED, decided_at__range=_lately()
    )
    unplanned = approved.filter(
        ~Exists(Delivery.objects.filter(wording=OuterRef("wording"))), wording__variant__stays=""
    )
    return Post.objects.filter(
        Q(pair=None) | Exists(_approved_words(OuterRef("pair"))),
        state=Post.State.SUBMITTED,
        variants__wordings__version=F("version"),
        variants__wordings__decisions__in=unplanned,
    ).distinct()


def _approved_words(post: OuterRef) -> QuerySet[Decision]:
    return Decision.objects.filter(verdict=Decision.Verdict.APPROVED, wording__variant__post=post)


def _lately() -> tuple[datetime, datetime]:
    """When a step must have been taken that could be stuck now. What is older was seen to, and is
    too much to be read every minute.
    """
    now = clock.now()
    return now - SWEPT_FOR, now - STUCK_AFTER


def queued_without_a_job() -> QuerySet[Delivery]:
    queued = Delivery.objects.filter(state=rules.QUEUED, touched_at__lt=clock.now() - STUCK_AFTER)
    return queued.filter(~has_job("oyez.deliveries.jobs.publish", "delivery_id"))


@dataclass(frozen=True, slots=True)
class Check:
    """One self-check: what was looked at, how many are wrong, and whether that is well."""

    name: str
    count: int
    well: bool
    says: str


def self_checks() -> list[Check]:
    """The hourly questions of the house about itself; cheap enough to ask on every visit."""
    now = clock.now()
    sending_long = Delivery.objects.filter(
        state=rules.SENDING, touched_at__lt=now - timedelta(minutes=5)
    )
    return [
        _check(
            "approved_without_delivery",
            approved_without_delivery().count(),
            "approved but not planned",
        ),
        _check(
            "queued_without_job", queued_without_a_job().count(), "queued but nobody sends them"
        ),
        _check("sending_too_long", sending_long.count(), "sending for over 5 minutes"),
        _check("overdue", _overdue(), "over 5 minutes late though nothing stands in the way"),
    ]


def _overdue() -> int:
    """How many the promoter should have taken long ago."""
    with connection.cursor() as cursor:
        cursor.execute(ready.OVERDUE)
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _check(name: str, count: int, says: str) -> Check:
    return Check(name, count, count == 0, f"{count} {says}" if count else f"None {says}")


def health() -> dict[str, object]:
    """The whole house in one answer: `well` is what a watcher acts on. Raises OperationalError."""
    now = clock.now()
    heard, checks = worker_heard_at(), self_checks()
    oldest = next_moment()
    return {
        "well": worker_lives() and all(check.well for check in checks),
        "database": True,
        "worker": worker_lives(),
        "worker_heartbeat_seconds": (now - heard).total_seconds() if heard else None,
        "oldest_due_seconds": max((now - oldest).total_seconds(), 0) if oldest else 0,
        "asking": asking().count(),
        "stopped": emergency.in_force().exists(),
        "channels_needing_attention": channels.needing_attention().count(),
        "checks": {check.name: check.count for check in checks},
    }


def health_words(report: dict[str, object], also: Sequence[str] = ()) -> list[str]:
    """The same for people, the verdict first; `also` is what other parts of the house say."""
    sentences: list[str] = []
    if not report["worker"]:
        sentences.append("No worker is running: nothing is sent. Start one with: oyez up")
    sentences += [check.says + "." for check in self_checks() if not check.well]
    if count := report["asking"]:
        sentences.append(f"{count} deliveries ask a person. See: oyez deliveries --state asking")
    if report["stopped"]:
        sentences.append("Sending is stopped. Go on with: oyez resume")
    if count := report["channels_needing_attention"]:
        sentences.append(f"{count} channels need attention. See: oyez channels list")
    sentences += also
    if not report["well"]:
        return ["Something is wrong.", *sentences]
    return ["The house works, and this needs you:", *sentences] if sentences else ["All is well."]


def worker_heard_at() -> datetime | None:
    """The last heartbeat of any worker."""
    newest = ProcrastinateWorker.objects.order_by("-last_heartbeat").first()
    return newest.last_heartbeat if newest else None


def worker_lives() -> bool:
    heard = worker_heard_at()
    return bool(heard and clock.now() - heard < WORKER_SILENT_AFTER)

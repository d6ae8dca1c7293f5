"""What is on its way, and what arrived?"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Exists, F, Max, Min, OuterRef, Q, QuerySet

from oyez.channels import queries as channels
from oyez.channels.models import Channel
from oyez.decisions import queries as decisions
from oyez.decisions.models import Hold
from oyez.deliveries import rules
from oyez.deliveries.models import Delivery
from oyez.deliveries.queries.there import standing
from oyez.ledger.actor import Refusal
from oyez.ledger.moment import database_now
from oyez.posts.models import Post

STATES = tuple(Delivery.State.values)


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
    found = deliveries().filter(wording__variant__post=post).order_by("channel_id", "id")
    return found.prefetch_related("changed_by__wording")


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


def overtaken() -> Q:
    """What did not go and is history: its author took it back, or newer words went there since."""
    newer = Delivery.objects.filter(
        wording__variant=OuterRef("wording__variant"),
        wording__version__gt=OuterRef("wording__version"),
    )
    older = Q(wording__version__lt=F("wording__variant__post__version"))
    return Q(older, state=rules.WITHHELD) | Q(Exists(newer), state=rules.REFUSED)


def lately_unsent(since: datetime) -> QuerySet[Delivery]:
    """Refused or withheld since then: what a person may want to mend."""
    states = [rules.REFUSED, rules.WITHHELD]
    found = deliveries().filter(state__in=states, settled_at__gt=since).exclude(overtaken())
    return found.exclude(wording__variant__post__state=Post.State.DISCARDED)


def going_next() -> QuerySet[Delivery]:
    """What goes out as soon as its time has come; what is held waits for a person instead."""
    open_states = [rules.WAITING, rules.QUEUED, rules.SENDING, rules.UNSURE]
    found = deliveries().filter(state__in=open_states).order_by("due_at", "id")
    return found.exclude(_held(), state=rules.WAITING, kind__in=[rules.PUBLISH, rules.EDIT])


def _held() -> Q:
    own = Hold.objects.filter(ended_at=None, wording=OuterRef("wording"))
    pair = decisions.holds_in_force().filter(
        wording__variant__post__pair=OuterRef("wording__variant__post")
    )
    return Q(Exists(own)) | Q(Exists(pair))


def messages_going_out_before(moment: datetime) -> int:
    """How many messages, not deliveries, are still to go by then."""
    going = going_next().filter(due_at__lt=moment, kind=rules.PUBLISH)
    return going.values("wording__variant__post").distinct().count()


def messages(states: Collection[str] = ()) -> QuerySet[Post]:
    """Messages, newest first: all, or those with a delivery in one of these states."""
    found = Post.objects.select_related("item__feed").order_by("-id")
    if not states:
        return found
    sent = Delivery.objects.filter(wording__variant__post=OuterRef("pk"), state__in=states)
    sent = sent.exclude(overtaken())
    return found.filter(Exists(sent))


def still_here(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Those of these messages of which something has not left: drafts, what waits for a yes, and
    what waits for its time.
    """
    ours = Delivery.objects.exclude(kind=rules.DELETE).filter(
        wording__variant__post=OuterRef("pk"), wording__version=OuterRef("version")
    )
    waits = Exists(ours.filter(state__in=[rules.WAITING, rules.QUEUED]))
    submitted = Q(waits | ~Exists(ours), state=Post.State.SUBMITTED)
    return posts.filter(Q(state=Post.State.DRAFT) | submitted)


def has_left(post: Post) -> bool:
    """Is any part of it out, or so far on its way that it cannot be kept back?"""
    here = (rules.WAITING, rules.WITHHELD, rules.REFUSED)
    ours = Delivery.objects.filter(wording__variant__post=post)
    return ours.exclude(state__in=here).exists()


def waiting_past_their_time() -> QuerySet[Post]:
    """Messages of which something waits although its time has come."""
    waits = Delivery.objects.filter(
        wording__variant__post=OuterRef("pk"),
        wording__wall_time__lte=database_now(),
        state=rules.WAITING,
    )
    return Post.objects.filter(Exists(waits)).order_by("pk")


def of_posts(posts: Iterable[Post]) -> dict[int, list[Delivery]]:
    """The deliveries of each message without what is overtaken, from one question; a message
    without any is left out.
    """
    found: dict[int, list[Delivery]] = {}
    sent = deliveries().filter(wording__variant__post__in=list(posts)).order_by("id")
    sent = sent.exclude(overtaken())
    for delivery in sent.prefetch_related("changed_by"):
        found.setdefault(delivery.wording.variant.post_id, []).append(delivery)
    return found


def lately_published() -> QuerySet[Delivery]:
    """What people can see, whatever stands there longest last."""
    return standing(deliveries())


def changed_on_our_own() -> datetime | None:
    """When something was last said there, corrected or taken down."""
    done = deliveries(rules.ARRIVED).filter(channel__in=channels.ours())
    at: datetime | None = done.aggregate(at=Max("settled_at"))["at"]
    return at


def taken_down_from_our_own() -> QuerySet[Delivery]:
    """What stood on our own page once."""
    down = deliveries(rules.ARRIVED).filter(kind=rules.DELETE, channel__in=channels.ours())
    return deliveries().filter(changed_by__in=down)


def published() -> QuerySet[Delivery]:
    """What stands on our own page, newest first."""
    found = standing(deliveries()).filter(channel__in=channels.ours())
    return found.prefetch_related("changed_by__wording").order_by("-settled_at")

"""What became of an item of a feed?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F

from oyez.decisions import queries as decisions
from oyez.decisions.models import Decision, Review
from oyez.deliveries import rules
from oyez.deliveries.models import Delivery
from oyez.deliveries.queries.listing import of_posts
from oyez.feeds.models import Feed, Item
from oyez.posts.models import Post, Variant


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
_ASKS: Mapping[str, str] = {
    Review.State.OPEN: "It waits for somebody’s yes.",
    Review.State.LATE: "It was approved after its time: somebody must say what becomes of it.",
}
_NOT_HANDED_IN = {
    Post.State.DRAFT: ("draft", "It is a draft: somebody must hand it in."),
    Post.State.DISCARDED: ("discarded", "Its message was thrown away."),
}
_BEFORE = {
    Item.State.SEEDED: "seeded",
    Item.State.SETTLING: "settling",
    Item.State.SKIPPED: "skipped",
    Item.State.WATCHED: "watched",
}


def fate(items: Iterable[Item]) -> dict[int, Fate]:
    """What became of each item: one outcome and its reason, from a few questions however many
    items.
    """
    wanted = list(items)
    posts = {p.item_id: p for p in Post.objects.filter(item__in=wanted)}
    sent = of_posts(posts.values())
    held = {
        d.wording.variant.post_id: d.why
        for d in Decision.objects.filter(
            verdict=Decision.Verdict.HELD,
            wording__variant__post__in=posts.values(),
            wording__version=F("wording__variant__post__version"),  # held once is not held for good
        ).select_related("wording__variant")
    }
    left_out: dict[int, str] = {
        v.post_id: f"{v.channel}: {v.left_out}"
        for v in Variant.objects.filter(post__in=posts.values())
        .exclude(left_out="")
        .select_related("channel")
    }
    reviews = decisions.states_of(posts.values())
    return {i.pk: _fate(i, posts.get(i.pk), sent, held, left_out, reviews) for i in wanted}


def _fate(
    item: Item,
    post: Post | None,
    sent: dict[int, list[Delivery]],
    held: dict[int, str],
    left_out: dict[int, str],
    reviews: dict[int, str],
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
    there = sent.get(post.pk, [])
    not_yet = all(d.state == rules.WITHHELD for d in there) and _waits(post, reviews)
    outcome, why = not_yet or _worst(there)
    return Fate(outcome, " ".join(filter(None, [why, left_out.get(post.pk, "")])), post.pk)


def _waits(post: Post, reviews: dict[int, str]) -> tuple[str, str] | None:
    """Whom it waits for before anything of it is sent."""
    if why := _ASKS.get(reviews.get(post.pk, "")):
        return "asked", why
    return _NOT_HANDED_IN.get(Post.State(post.state))


def _before(item: Item) -> str:
    """Why an item has not become a message."""
    if item.state == Item.State.SETTLING and item.feed.state == Feed.State.PAUSED:
        return "The feed is paused."
    return item.why or ("Waiting for its author’s last corrections." if item.ready_at else "")


def _worst(found: list[Delivery]) -> tuple[str, str]:
    """The ending that needs a person most, with a reason for each channel that has one."""
    if found and all(d.state == rules.ARRIVED for d in found) and not any(d.stands for d in found):
        return "taken down", ""
    for state, outcome in _ENDINGS:
        in_state = [d for d in found if d.state == state]
        if in_state:
            return outcome, " ".join(f"{d.channel}: {d.why}" for d in in_state if d.why)
    return "waiting", "On its way through the house."

"""Which reviews are there, what was found in them, and what is held back?"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from oyez.decisions.models import Found, Hold, Review
from oyez.ledger.actor import Actor, Refusal
from oyez.posts import queries as posts
from oyez.posts.models import Post


def open_reviews() -> QuerySet[Review]:
    """Everything that waits for a yes, or for an answer since its time went by; soonest first."""
    found = Review.objects.filter(state__in=[Review.State.OPEN, Review.State.LATE])
    return found.select_related("post").order_by("due_at", "opened_at")


def asking() -> QuerySet[Review]:
    """Those of them whose words are still what the message asks about: another version may be there
    a moment before the older review is withdrawn.
    """
    return open_reviews().filter(post__state=Post.State.SUBMITTED, version=F("post__version"))


def one(pk: int) -> Review:
    found = Review.objects.select_related("post").filter(pk=pk).first()
    if not found:
        raise Refusal(f"There is no review {pk}.")
    return found


def review_of(post: Post) -> Review | None:
    """The latest review of the message."""
    return post.reviews.order_by("-version").first()


def is_about_what_was_handed_in(review: Review) -> bool:
    """Are its words still those that the message asks about?"""
    post = review.post
    return post.state == Post.State.SUBMITTED and post.version == review.version


def states_of(posts: Iterable[Post]) -> dict[int, str]:
    """How the review of each message stands, by the message’s number: only of its version now."""
    now = {post.pk: post.version for post in posts}
    found = Review.objects.filter(post__in=now).values_list("post", "version", "state")
    return {post: state for post, version, state in found if now[post] == version}


def last_no(post: Post) -> list[tuple[str, str, str]]:
    """Which changes were asked for, unless it was handed in since: by whom, in which field, why."""
    review = review_of(post)
    return said_no(review) if review and review.state == Review.State.REFUSED else []


def said_no(review: Review) -> list[tuple[str, str, str]]:
    """Which changes were asked for in it: by whom, in which field, why."""
    votes = sorted((vote for vote in review.votes.all() if not vote.yes), key=lambda vote: vote.pk)
    return [
        (vote.by.get("name", ""), field, why)
        for vote in votes
        for field, why in vote.reasons.items()
    ]


def sent_back_to(by: Actor) -> list[Review]:
    """Messages of this person that were given back with a reason, and are drafts still."""
    later = Review.objects.filter(post=OuterRef("post"), version__gt=OuterRef("version"))
    refused = Review.objects.filter(state=Review.State.REFUSED, post__state=Post.State.DRAFT)
    waiting = refused.exclude(Exists(later)).select_related("post").prefetch_related("votes")
    found = list(waiting.order_by("-settled_at"))
    theirs = posts.written_by([review.post for review in found], by.kind, str(by.id))
    return [review for review in found if review.post_id in theirs]


def findings(review: Review) -> QuerySet[Found]:
    """What the checks found, the weightiest first."""
    found = review.findings.select_related("wording__channel")
    return found.order_by("-level", "check_id", "id")


def finding(pk: int) -> Found:
    found = Found.objects.select_related("review__post", "wording").filter(pk=pk).first()
    if not found:
        raise Refusal(f"There is no finding {pk}.")
    return found


def holds_in_force() -> QuerySet[Hold]:
    """What keeps approved words back now, of messages that still mean to say them; oldest first."""
    found = Hold.objects.filter(
        ended_at=None,
        wording__variant__post__state=Post.State.SUBMITTED,
        wording__version=F("wording__variant__post__version"),
    )
    return found.select_related("wording__channel", "wording__variant__post").order_by("id")


def on_hold(numbers: Iterable[int]) -> set[int]:
    """Which of these messages something keeps back now, whether it holds them or their other
    language.
    """
    known = set(numbers)
    post = "wording__variant__post"
    found = holds_in_force().filter(Q(**{f"{post}__in": known}) | Q(**{f"{post}__pair__in": known}))
    pairs = found.values_list(post, f"{post}__pair")
    return {number for pair in pairs for number in pair} & known


def hold(pk: int) -> Hold:
    found = (
        Hold.objects.select_related("wording__variant__post", "wording__channel")
        .filter(pk=pk)
        .first()
    )
    if not found:
        raise Refusal(f"There is no hold {pk}.")
    return found

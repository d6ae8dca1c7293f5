"""Was this approved?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, QuerySet

from oyez.decisions.models import Decision, Hold, Review
from oyez.kit import clock
from oyez.posts import queries as posts
from oyez.posts.models import Post, Wording


def is_approved(wording: Wording) -> bool:
    """Do the words still answer to their digest, and did somebody approve that digest?"""
    approved = Decision.objects.filter(
        digest=wording.digest, wording=wording, verdict=Decision.Verdict.APPROVED
    )
    return wording.intact and approved.exists()


def approved_wordings(post: Post) -> QuerySet[Wording]:
    """The words of its present version that may go."""
    approved = posts.current_wordings(post).filter(decisions__verdict=Decision.Verdict.APPROVED)
    return approved.select_related("channel", "variant")


def is_held(wording: Wording) -> Hold | None:
    """What keeps approved words back at this moment, if anything does."""
    return Hold.objects.filter(wording=wording, ended_at=None).first()


def holds_on(post: Post) -> QuerySet[Hold]:
    """What keeps its words back now, or did."""
    found = Hold.objects.filter(wording__variant__post=post).select_related("wording__channel")
    return found.order_by("id")


def still_to_go() -> QuerySet[Post]:
    """Messages approved for a time that has not come."""
    approved = Decision.objects.filter(
        verdict=Decision.Verdict.APPROVED, wording__wall_time__gt=clock.now()
    )
    found = Post.objects.filter(
        state=Post.State.SUBMITTED, variants__wordings__decisions__in=approved
    )
    return found.distinct().order_by("id")


def waits_for_its_pair(post: Post) -> bool:
    """Is the same message in the other language still to be approved? Neither goes alone."""
    other = post.pair
    return other is not None and not approved_wordings(other).exists()


def decisions_on(post: Post) -> QuerySet[Decision]:
    return Decision.objects.filter(wording__variant__post=post).order_by("id")


def held(posts: Iterable[Post]) -> set[int]:
    """Which of these messages were held back, by number."""
    found = Decision.objects.filter(
        verdict=Decision.Verdict.HELD, wording__variant__post__in=list(posts)
    )
    return set(found.values_list("wording__variant__post", flat=True))


def undecided() -> QuerySet[Post]:
    """Posts handed in over a minute ago, and not over a month, on which nothing has been decided
    and nobody is asked: work for the sweeper.
    """
    lately = clock.now() - timedelta(days=30), clock.now() - timedelta(minutes=1)
    open_posts = Post.objects.filter(state=Post.State.SUBMITTED, made_at__range=lately)
    asked = Review.objects.filter(post=OuterRef("pk"), version=OuterRef("version"))
    return open_posts.filter(
        ~Exists(asked),
        variants__wordings__version=F("version"),
        variants__wordings__decisions__isnull=True,
    ).distinct()

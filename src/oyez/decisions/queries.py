"""Was this approved?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import QuerySet

from oyez.decisions.models import Decision
from oyez.kit import clock
from oyez.posts.models import Post, Wording


def is_approved(wording: Wording) -> bool:
    """Do the words still answer to their digest, and did somebody approve that digest?"""
    approved = Decision.objects.filter(
        digest=wording.digest, wording=wording, verdict=Decision.Verdict.APPROVED
    )
    return wording.intact and approved.exists()


def approved_wordings(post: Post) -> QuerySet[Wording]:
    return Wording.objects.filter(
        variant__post=post, decisions__verdict=Decision.Verdict.APPROVED
    ).select_related("channel", "variant")


def decisions_on(post: Post) -> QuerySet[Decision]:
    return Decision.objects.filter(wording__variant__post=post).order_by("id")


def held(posts: Iterable[Post]) -> set[int]:
    """Which of these messages were held back, by number."""
    found = Decision.objects.filter(
        verdict=Decision.Verdict.HELD, wording__variant__post__in=list(posts)
    )
    return set(found.values_list("wording__variant__post", flat=True))


def undecided() -> QuerySet[Post]:
    """Posts handed in over a minute ago, and not over a month, on which nothing has been decided:
    work for the sweeper.
    """
    lately = clock.now() - timedelta(days=30), clock.now() - timedelta(minutes=1)
    open_posts = Post.objects.filter(state=Post.State.SUBMITTED, made_at__range=lately)
    return open_posts.filter(
        variants__wordings__isnull=False, variants__wordings__decisions__isnull=True
    ).distinct()

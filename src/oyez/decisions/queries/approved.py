"""Was this approved?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet

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


def what_holds(wording: Wording) -> Hold | None:
    """What keeps approved words back at this moment, if anything does: a hold on them, or on the
    same message in its other language, since neither goes alone.
    """
    in_force = Hold.objects.filter(ended_at=None)
    own = in_force.filter(wording=wording).first()
    return own or in_force.filter(_of_the_pair(wording.variant.post_id)).first()


def why_held(wording: Wording) -> str:
    """The same in one sentence; empty when nothing holds them."""
    hold = what_holds(wording)
    if not hold:
        return ""
    whose = "It" if hold.wording_id == wording.pk else "Its other language"
    return f"{whose} is held back: {hold.message}"


def _of_the_pair(post: int) -> Q:
    words = "wording__variant__post"
    return Q(
        **{f"{words}__pair": post, f"{words}__state": Post.State.SUBMITTED},
        wording__version=F(f"{words}__version"),
    )


def holds_on(post: Post) -> QuerySet[Hold]:
    """What keeps its words back now, or did."""
    found = Hold.objects.filter(wording__variant__post=post).select_related("wording__channel")
    return found.order_by("id")


def holds_through_its_pair(post: Post) -> QuerySet[Hold]:
    """What keeps them back now since it holds the same message in the other language."""
    found = Hold.objects.filter(_of_the_pair(post.pk), ended_at=None)
    return found.select_related("wording__channel").order_by("id")


def still_to_go() -> QuerySet[Post]:
    """Messages approved for a time that has not come, the soonest first."""
    approved = Decision.objects.filter(
        verdict=Decision.Verdict.APPROVED,
        wording__wall_time__gt=clock.now(),
        wording__variant__post=OuterRef("pk"),
    )
    found = Post.objects.filter(Exists(approved), state=Post.State.SUBMITTED)
    return found.annotate(first=Min("variants__wordings__wall_time")).order_by("first", "id")


def waits_for_its_pair(post: Post) -> bool:
    """Is the same message in the other language still to be approved? Neither goes alone."""
    return post.pk in waiting_for_their_pair([post])


def waiting_for_their_pair(posts: Iterable[Post]) -> set[int]:
    """The same of many, by number; from one question."""
    others = {post.pk: post.pair_id for post in posts if post.pair_id}
    if not others:
        return set()
    approved = Wording.objects.filter(
        variant__post__in=others.values(),
        variant__post__state=Post.State.SUBMITTED,
        version=F("variant__post__version"),
        decisions__verdict=Decision.Verdict.APPROVED,
    )
    known = set(approved.values_list("variant__post", flat=True))
    return {pk for pk, other in others.items() if other not in known}


def decisions_on(post: Post) -> QuerySet[Decision]:
    """What was decided about its present version."""
    found = Decision.objects.filter(wording__variant__post=post, wording__version=post.version)
    return found.order_by("id")


def held(posts: Iterable[Post]) -> set[int]:
    """Of which of these messages the present version was held back for good, by number."""
    found = Decision.objects.filter(
        verdict=Decision.Verdict.HELD,
        wording__variant__post__in=list(posts),
        wording__version=F("wording__variant__post__version"),
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

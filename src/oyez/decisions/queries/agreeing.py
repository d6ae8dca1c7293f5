"""Who has said yes to which words of a message so far, as the checks look at it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Prefetch

from oyez.decisions import rules
from oyez.decisions.models import Review, Step, Vote
from oyez.decisions.queries.standing import may_publish
from oyez.decisions.rules import Asked
from oyez.policy.contract import Yes
from oyez.posts import queries as posts
from oyez.posts.draft import Draft
from oyez.posts.models import Post


@dataclass(frozen=True, slots=True)
class Agreed:
    """`digest` names the words as they are now; empty: other ones than anybody said yes to.

    `quorum`: how many must say yes to them before they go, as the channels and the author’s role
    have it; 0: nobody. `only_moved`: they are the same words, to go out at another time.
    """

    digest: str = ""
    approvals: tuple[Yes, ...] = ()
    quorum: int = 0
    only_moved: bool = False


def agreed(post: Post | None, draft: Draft, author: Mapping[str, str]) -> Agreed:
    """The latest yeses of a message, and whether `draft` still says what they were given to."""
    review = _last_with_a_yes(post) if post and post.pk else None
    if not post or not review:
        return Agreed()
    now = post.state == Post.State.SUBMITTED and post.version == review.version
    then = None if now else _said_then(post, review)
    same = now or then == draft.tidied()
    wrote = posts.authors(post)
    return Agreed(
        digest=review.digest if same else "",
        approvals=tuple(_yes(vote, wrote) for vote in review.votes.all()),
        quorum=_most(review.asked) if now else _asked_again(draft, author),
        only_moved=not same and then is not None and _dated_as(draft, then) == draft.tidied(),
    )


def _last_with_a_yes(post: Post) -> Review | None:
    yes = Vote.objects.filter(yes=True)
    given = post.reviews.filter(Exists(yes.filter(review=OuterRef("pk"))))
    return (
        given.prefetch_related(Prefetch("votes", yes.order_by("pk"))).order_by("-version").first()
    )


def _said_then(post: Post, review: Review) -> Draft | None:
    """The content that the review was about; handed in, it stays a version of its own."""
    kept = posts.versions(post).filter(number=review.version, lost=False).first()
    return kept.draft.tidied() if kept else None


def _dated_as(draft: Draft, then: Draft) -> Draft:
    return replace(then, wall=draft.wall, zone=draft.zone, fold=draft.fold)


def _yes(vote: Vote, authors: list[dict[str, str]]) -> Yes:
    who = [one for one in (vote.by, vote.instead_of) if one]
    by_author = any(rules.is_one_of(one, authors) for one in who)
    return Yes(vote.by.get("name", ""), by_author, vote.digest, vote.at)


def _asked_again(draft: Draft, author: Mapping[str, str]) -> int:
    steps = Step.objects.filter(channel__in=draft.to)
    if found := _most([Asked(step.need, step.count) for step in steps]):
        return found
    return 0 if may_publish(author) else 1


def _most(steps: list[Asked]) -> int:
    """At least so many different people say yes: one of them may answer in several steps."""
    return max((step.count if step.need == rules.QUORUM else 1 for step in steps), default=0)

"""Deciding on what was handed in."""

from __future__ import annotations

from django.db import transaction

from oyez.decisions import events
from oyez.decisions.models import Decision
from oyez.kit import clock
from oyez.ledger.actor import Actor
from oyez.ledger.acts import act
from oyez.posts import actions as posts
from oyez.posts.models import Post, Variant, Wording

STANDING = "The standing decision for this feed’s rule."
OWN_WORDS = "Written by somebody who may publish."
RULE_CHANGED = "The feed’s rule was changed after this was drafted, and nobody approved it."


def open_review(post: Post, *, by: Actor) -> None:
    """Decide on a post that was handed in. Twice is once.

    A feed's item is approved by the standing decision on its exact rule, and held where there is
    none. A person's message is approved in that person's name until the approval desk exists.
    """
    with transaction.atomic():
        Post.objects.select_for_update().get(pk=post.pk)
        wordings = Wording.objects.filter(variant__post=post, decisions__isnull=True)
        open_wordings = list(wordings.order_by("id"))
        if not open_wordings:
            return
        verdict, why, who = _judge(post)
        kind = events.APPROVED if verdict == Decision.Verdict.APPROVED else events.HELD
        with act(kind, on=post, by=by, why=why, digests=[w.digest for w in open_wordings]):
            Decision.objects.bulk_create(_decision(w, verdict, why, who) for w in open_wordings)
            if verdict == Decision.Verdict.HELD:
                posts.unsay(Variant.objects.filter(wordings__in=open_wordings))


def _judge(post: Post) -> tuple[str, str, dict[str, str]]:
    feed = post.item.feed if post.item else None
    if not feed:
        return Decision.Verdict.APPROVED, OWN_WORDS, post.by
    if feed.stands_for(post.rule):
        return Decision.Verdict.APPROVED, STANDING, feed.trusted_by
    return Decision.Verdict.HELD, RULE_CHANGED, {}


def _decision(wording: Wording, verdict: str, why: str, who: dict[str, str]) -> Decision:
    return Decision(
        wording=wording,
        digest=wording.digest,
        verdict=verdict,
        why=why,
        by=who,
        decided_at=clock.now(),
    )

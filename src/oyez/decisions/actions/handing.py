"""Handing in a draft: the checks speak first, and the author answers them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from django.db import transaction

from oyez.channels.models import Channel
from oyez.decisions import queries, rules
from oyez.decisions.actions.opening import open_review
from oyez.ledger.actor import Actor, Refusal, signed
from oyez.ledger.acts import refuse_unless
from oyez.people.rules import job
from oyez.policy.contract import Finding, Level
from oyez.posts import actions as posts
from oyez.posts.draft import Draft
from oyez.posts.events import SUBMITTED
from oyez.posts.models import Post

Looked = Mapping[Channel, Sequence[Finding]]

MOST_REPAIRS = 8  # one may lead to another; two that undo each other end here


class Stopped(Refusal):
    """The checks have something to say first. `findings` by channel."""

    def __init__(self, says: str, looked: Looked) -> None:
        super().__init__(says)
        self.looked = looked


def hand_in(
    post: Post,
    *,
    by: Actor,
    confirmed: Collection[str] = (),
    asking: Collection[str] = (),
    wait: timedelta = timedelta(0),
    handed_in_by: dict[str, str] | None = None,
) -> Post:
    """Repair what can be repaired, hand the draft in and open its review, in one transaction.

    `confirmed`: checks whose warnings the author has read and keeps. `asking`: checks that block,
    where the author asks the one who may override. `handed_in_by` as in posts.hand_in. Raises
    Stopped for any other.
    """
    refuse_unless(SUBMITTED, on=post, by=by)
    with transaction.atomic():
        post = repair(post, by=by)
        looked = queries.look_at_draft(post.draft, signed(by), post)
        _refuse_unanswered(looked, set(confirmed), set(asking))
        post = posts.hand_in(post, by=by, wait=wait, handed_in_by=handed_in_by)
        open_review(post, by=job("decisions"), confirmed=confirmed)
    return post


def say(
    draft: Draft, *, by: Actor, confirmed: Collection[str] = (), asking: Collection[str] = ()
) -> Post:
    """Write and hand in at once; nothing is kept when it is refused. Raises as hand_in does."""
    with transaction.atomic():
        return hand_in(posts.start(draft, by=by), by=by, confirmed=confirmed, asking=asking)


def repair(post: Post, *, by: Actor) -> Post:
    """Save the draft as the checks mend it; unchanged when they find nothing to mend."""
    author = signed(by)
    mended = post.draft
    for _ in range(MOST_REPAIRS):
        before = mended
        looked = queries.look_at_draft(before, author, post)
        mended = rules.mend(before, {channel.pk: found for channel, found in looked.items()})
        if mended == before:
            break
    return posts.save(post, mended, based_on=post.version, by=by)


def _refuse_unanswered(looked: Looked, confirmed: set[str], asking: set[str]) -> None:
    found = [finding for findings in looked.values() for finding in findings]
    blocks = [f for f in found if f.level == Level.BLOCK and f.check not in asking]
    if blocks or any(f.level == Level.BLOCK and not f.role for f in found):
        first = (blocks or [f for f in found if f.level == Level.BLOCK])[0]
        raise Stopped(f"It cannot be sent like this: {first.message}", looked)
    warnings = [f for f in found if f.level == Level.WARN and f.check not in confirmed]
    if warnings:
        raise Stopped(f"Please look first: {warnings[0].message}", looked)

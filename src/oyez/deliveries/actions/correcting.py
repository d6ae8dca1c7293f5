"""Newer words for what is out already: which are said anew, which replace, which stay here?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from django.db import transaction

from oyez.channels import queries as channels
from oyez.deliveries import queries, rules
from oyez.deliveries.models import Delivery
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.acts import refuse_unless
from oyez.posts import actions as posts
from oyez.posts import queries as post_queries
from oyez.posts.events import EDITED
from oyez.posts.models import Post, Variant, Wording

Corrected = dict[Wording, Delivery]

MAY_BE_THERE = (
    "An earlier version may be there: it is still being sent or looked for, and nothing is sent "
    "twice. When that is settled, take the message back and hand it in again."
)
OTHER_PARTS = (
    "It stands there as a thread of another length, which cannot be corrected in place. "
    "Take it down there, and copy the message to say it anew."
)
FOR_GOOD = (
    "{network} does not let words be changed once they are there. "
    "Take it down there, and copy the message to say it anew."
)
TAKEN_DOWN = "It was taken down there. Copy the message to say it there again."
KEPT_BACK = "Somebody kept it from going there. Copy the message to say it there after all."
NOT_KNOWN = (
    "A person saw it there, and Oyez does not know which post it is. Change it there by hand."
)


def correct(post: Post, *, by: Actor) -> Post:
    """Take what is out back into the house to change its words; what stands there stays until the
    newer words are approved. It has no time any more: they go at once.

    Raises Refusal when nothing of it is out, or no network that has it lets words be changed.
    """
    refuse_unless(EDITED, on=post, by=by)
    with transaction.atomic():
        there = list(queries.there(post_queries.locked(post)))
        if not there:
            raise Refusal("Nothing of this message is out, so there is nothing to correct.")
        if not any(queries.can_correct(one.channel) for one in there):
            raise Refusal(FOR_GOOD.format(network=there[0].channel))
        posts.take_back(post, by=by)  # and its pair
        pair = post_queries.one(post.pair_id) if post.pair_id else None
        if pair and pair.is_draft and queries.is_out(pair):
            _without_time(pair, by=by)
        return _without_time(post_queries.one(post.pk), by=by)


def _without_time(post: Post, *, by: Actor) -> Post:
    return posts.save(post, post.draft.without_time(), based_on=post.version, by=by)


def tell_apart(post: Post, wordings: Sequence[Wording]) -> tuple[list[Wording], Corrected]:
    """Those to be said anew, and those that replace what stands there. The others stay here, and
    their variant says why. `wordings` come variant by variant, part by part.
    """
    said: list[Wording] = []
    corrected: Corrected = {}
    before = _before(post)
    for variant, found in groupby(wordings, key=lambda one: one.variant):
        parts, earlier = list(found), before.get(variant.pk, [])
        if not earlier and (no := _somebody_said_no(variant)):
            posts.let_stay(variant, no)
        elif not earlier:
            said += parts
        elif why := _why_it_stays(parts, earlier):
            posts.let_stay(variant, why)
        else:
            corrected |= dict(zip(parts, earlier, strict=True))
    return said, corrected


def _somebody_said_no(variant: Variant) -> str:
    """Why it is not said there again: a person took it down or kept it back."""
    before = Delivery.objects.filter(wording__variant=variant)
    if before.filter(kind=rules.DELETE, state=rules.ARRIVED).exists():
        return TAKEN_DOWN
    kept = before.filter(kind=rules.PUBLISH, state=rules.WITHHELD, evidence__has_key="kept_back_by")
    return KEPT_BACK if kept.exists() else ""


def _before(post: Post) -> dict[int, list[Delivery]]:
    """What earlier versions of it left, part by part, for each variant."""
    found: dict[int, list[Delivery]] = {}
    if post.version > 1:
        earlier = queries.left(post).filter(wording__version__lt=post.version)
        for one in earlier.order_by("wording__part"):
            found.setdefault(one.wording.variant_id, []).append(one)
    return found


def _why_it_stays(parts: Sequence[Wording], earlier: Sequence[Delivery]) -> str:
    """Why these words cannot replace those; empty when they can."""
    channel = earlier[0].channel
    if any(one.state != rules.ARRIVED for one in earlier):
        return MAY_BE_THERE
    if not all(queries.is_known(one) for one in earlier):
        return NOT_KNOWN
    if len(parts) != len(earlier):
        return OTHER_PARTS
    if all(_says_so(one, part) for one, part in zip(earlier, parts, strict=True)):
        return rules.THE_SAME
    if not queries.can_correct(channel):
        return FOR_GOOD.format(network=channels.network_of(channel).title)
    return ""


def _says_so(there: Delivery, words: Wording) -> bool:
    """Is it sure that a reader sees these words there now?"""
    return not any(_may_have_changed(there)) and there.words_there.reads_like(words)


def _may_have_changed(there: Delivery) -> Iterator[bool]:
    for change in there.changed_by.all():
        settled = change.state in {rules.ARRIVED, rules.REFUSED, rules.WITHHELD}
        yield not settled or (change.in_doubt and change.state != rules.ARRIVED)

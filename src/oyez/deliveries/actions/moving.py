"""Moving a message to another time: taken back, dated anew and handed in, all or nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from django.db import transaction

from oyez.decisions import actions as decisions
from oyez.decisions import queries as asked
from oyez.deliveries import queries as sent
from oyez.ledger.actor import Actor, Refusal, signed
from oyez.posts import actions as posts
from oyez.posts import queries
from oyez.posts.models import Post


def move(
    post: Post,
    *,
    wall: str,
    zone: str,
    fold: int | None = None,
    confirmed: Collection[str] = (),
    by: Actor,
) -> Post:
    """Let it go out at another time: `wall` (“2026-11-24T14:05”) in `zone`; `fold` as in Draft.

    A draft stays a draft. What was handed in is handed in anew, with the same message in its other
    language, and in the name of whoever did so before: another time is no yes to the words. Raises
    Refusal, and changes nothing, when a part of it has left, when the clocks do not show that time
    once, and as decisions.hand_in does.
    """
    with transaction.atomic():
        post = queries.locked_with_its_pair(post)
        if post.is_draft:
            return _dated(post, wall, zone, fold, by=by)
        _refuse_what_left(post)
        pair = post.pair if post.pair and post.pair.state == Post.State.SUBMITTED else None
        if pair:
            _refuse_what_left(queries.locked(pair))
        before = {one.pk: one.handed_in_by for one in filter(None, (post, pair))}
        posts.take_back(post, by=by)  # and its pair
        for one in filter(None, (post, pair)):
            dated = _dated(queries.locked(one), wall, zone, fold, by=by)
            who = before[one.pk] if asked.may_publish(signed(by)) else None
            decisions.hand_in(dated, by=by, confirmed=confirmed, handed_in_by=who)
    return queries.one(post.pk)


def _refuse_what_left(post: Post) -> None:
    if sent.has_left(post):
        raise Refusal("A part of it has left already. Copy it and plan the copy instead.")
    if post.state != Post.State.SUBMITTED:
        raise Refusal(f"This message is not planned; it is: {post.words_for_state}.")


def _dated(post: Post, wall: str, zone: str, fold: int | None, *, by: Actor) -> Post:
    draft = replace(post.draft, wall=wall, zone=zone, fold=fold)
    return posts.save(post, draft, based_on=post.version, by=by)

"""The same message in two languages: neither goes without the other.

What is on its way is not known here: outside, `deliveries.actions.pairing` is asked instead.
"""

from __future__ import annotations

import re

from django.db import transaction

from oyez.kit import clock
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.acts import act, refuse_unless
from oyez.posts import events, queries
from oyez.posts.actions.editing import start
from oyez.posts.models import Post

LEFT = (Post.State.CLOSED, Post.State.DISCARDED)


def begin_pair(post: Post, language: str, *, by: Actor) -> Post:
    """A draft of the same message in another language (a code such as “cy”), paired with it: where
    it goes, its link, pictures and a time to come are there, its words are still to be written.
    """
    if not re.fullmatch("[a-z]{2,3}", language):
        raise Refusal(f"“{language}” is no language code. Write en, cy, ga or the like.")
    draft = queries.draft_of(post).in_another_language(language)
    with transaction.atomic():
        other = start(draft if post.is_draft else draft.without_time(), by=by)
        pair(post, other, by=by)
    return other


def pair(post: Post, other: Post, *, by: Actor) -> None:
    """The two say the same in two languages. Twice is once.

    Raises Refusal for the same language, for one that is paired with a third, and for one that
    does not go anywhere.
    """
    with transaction.atomic():
        one, two = (queries.locked(each) for each in (post, other))
        if one.pair_id == two.pk and two.pair_id == one.pk:
            return
        if wrong := _wrong(one, two):
            raise Refusal(wrong)
        refuse_unless(events.PAIRED, on=two, by=by)
        with act(events.PAIRED, on=one, by=by, other=two.pk):
            _join(one, two)
            _join(two, one)
    post.pair, other.pair = other, post


def _wrong(one: Post, two: Post) -> str:
    if one.pk == two.pk or one.language == two.language:
        return "Pair a message with one in another language."
    for each in (one, two):
        if each.pair_id:
            return f"Message {each.pk} is paired with message {each.pair_id}. Part those first."
        if each.state in LEFT:
            return f"Message {each.pk} goes nowhere; it is: {each.words_for_state}."
    return ""


def _join(post: Post, other: Post) -> None:
    post.pair, post.paired_at = other, clock.now()
    post.save(update_fields=["pair", "paired_at"])


def part(post: Post, *, by: Actor) -> None:
    """Each of the two goes by itself again. Nothing where there is no pair."""
    with transaction.atomic():
        post = queries.locked(post)
        refuse_unless(events.PARTED, on=post, by=by)
        if not post.pair:
            return
        other = queries.locked(post.pair)
        refuse_unless(events.PARTED, on=other, by=by)
        with act(events.PARTED, on=post, by=by, other=other.pk):
            for each in (post, other):
                each.pair = each.paired_at = None
                each.save(update_fields=["pair", "paired_at"])

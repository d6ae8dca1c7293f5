"""Pairing messages in two languages, where what is on its way is seen too."""

from __future__ import annotations

from django.db import transaction

from oyez.deliveries import queries as deliveries
from oyez.ledger.actor import Actor, Refusal
from oyez.posts import actions as posts
from oyez.posts import queries
from oyez.posts.models import Post


def begin_pair(post: Post, language: str, *, by: Actor) -> Post:
    """A paired draft in another language, as posts.begin_pair makes it."""
    with transaction.atomic():
        _refuse_what_is_on_its_way(post)
        return posts.begin_pair(post, language, by=by)


def pair(post: Post, other: Post, *, by: Actor) -> None:
    """From now on neither goes without the other; what has left stays where it is.

    Raises Refusal as posts.pair does, and for what is handed in and has not left: it could go
    alone.
    """
    with transaction.atomic():
        _refuse_what_is_on_its_way(post, other)
        posts.pair(post, other, by=by)


def part(post: Post, *, by: Actor) -> None:
    """Each goes by itself again. Raises Refusal for what is handed in and has not left: the yes to
    it was given to two languages.
    """
    with transaction.atomic():
        _refuse_what_is_on_its_way(*filter(None, (post, post.pair)))
        posts.part(post, by=by)


def _refuse_what_is_on_its_way(*given: Post) -> None:
    """Holds their rows, so that none is handed in meanwhile."""
    numbers = [queries.locked(one).pk for one in sorted(given, key=lambda one: one.pk)]
    handed_in = queries.posts().filter(pk__in=numbers, state=Post.State.SUBMITTED)
    for one in deliveries.still_here(handed_in):
        raise Refusal(f"Message {one.pk} is handed in and has not left. Take it back first.")

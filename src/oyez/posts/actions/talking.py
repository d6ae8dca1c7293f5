"""Talking about a message: comments, and links for reviewers without a sign-in."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db.models import QuerySet

from oyez.kit import clock
from oyez.kit.text import newlines, visible
from oyez.ledger.actor import Actor, Refusal, signed
from oyez.ledger.acts import act
from oyez.people.models import Person
from oyez.people.rules import REVIEWER
from oyez.posts import events, queries
from oyez.posts.models import Comment, Post, PreviewLink

LONGEST_COMMENT = 5000
LINK_LASTS = timedelta(days=7)
A_WHILE, MOST_OF_STRANGERS = timedelta(hours=1), 20  # of those with a preview link, on one message


def comment(post: Post, text: str, *, by: Actor) -> Comment:
    """Say something about the words as they stand. Raises Refusal when it says nothing."""
    text = newlines(text).replace("\0", "").strip()  # no column holds one
    if not visible(text):
        raise Refusal("Enter a comment.")
    if len(text) > LONGEST_COMMENT:
        raise Refusal(f"A comment may have {LONGEST_COMMENT:,} characters. It has {len(text):,}.")
    _refuse_a_flood(post, by)
    with act(events.COMMENTED, on=post, by=by):
        return Comment.objects.create(
            post=post, version=post.version, text=text, by=signed(by), at=clock.now()
        )


def _refuse_a_flood(post: Post, by: Actor) -> None:
    """Whoever has a link is unknown to the house: all of them together are bounded."""
    if by.kind != REVIEWER:
        return
    lately = post.comments.filter(by__kind=by.kind, at__gt=clock.now() - A_WHILE)
    if lately.count() >= MOST_OF_STRANGERS:
        raise Refusal("Many comments came in within an hour. Try again later.")


def share(post: Post, *, by: Actor, lasts: timedelta = LINK_LASTS) -> str:
    """A token that lets anybody who has it read this message for a time; shown now and never
    again.
    """
    token, now = secrets.token_urlsafe(32), clock.now()
    with act(events.SHARED, on=post, by=by):
        PreviewLink.objects.create(
            post=post,
            digest=queries.token_digest(token),
            by=signed(by),
            made_at=now,
            expires_at=now + lasts,
        )
    return token


def end_links_of(person: Person, *, by: Actor) -> int:
    """End the preview links that somebody made who may make none any more. Returns how many."""
    if person.may(events.SHARED.name, None):
        return 0
    made = PreviewLink.objects.filter(by__kind=person.kind, by__id=str(person.pk), ended_at=None)
    posts = Post.objects.filter(preview_links__in=made).distinct()
    return sum(_end(post, made.filter(post=post), by=by) for post in posts)


def _end(post: Post, links: QuerySet[PreviewLink], *, by: Actor) -> int:
    with act(events.UNSHARED, on=post, by=by):
        return links.update(ended_at=clock.now())


def unshare(post: Post, *, by: Actor) -> int:
    """End every preview link of the message at once. Returns how many there were."""
    return _end(post, post.preview_links.filter(ended_at=None), by=by)

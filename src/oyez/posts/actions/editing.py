"""Editing a draft: two at once lose nothing, and every version stays readable."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import IntegrityError, transaction

from oyez.channels import queries as channels
from oyez.kit import clock
from oyez.ledger.actor import Actor, Refusal, signed
from oyez.ledger.acts import act, refuse_unless
from oyez.posts import events, queries
from oyez.posts.draft import Draft
from oyez.posts.models import Post, Version
from oyez.requests import queries as requests

ONE_SITTING = timedelta(minutes=10)  # saves of one person within it are one version to read


class Changed(Refusal):
    """Somebody else saved meanwhile. `post` is as they left it; what was sent is kept as `lost`."""

    def __init__(self, post: Post, lost: Version) -> None:
        super().__init__(
            f"{post.edited_by.get('name') or 'Somebody'} changed this message while you did. "
            "Nothing is lost: choose which words to keep."
        )
        self.post, self.lost = post, lost


def start(
    draft: Draft, *, by: Actor, also_by: Sequence[dict[str, str]] = (), once: str = ""
) -> Post:
    """A new draft. `also_by`: who wrote words that it takes over, and may not approve it either.
    `once` names the page it began on: two saves of that page at once make one draft.
    """
    now = clock.now()
    post = Post(
        state=Post.State.DRAFT, by=signed(by), made_at=now, edited_at=now, edited_by=signed(by)
    )
    post.version, post.also_by, post.once = 1, list(also_by), once[:32] or None
    _hold(post, draft.tidied())
    try:
        with act(events.STARTED, on=post, by=by):
            post.save()
            _keep(post)
    except IntegrityError:
        raise Refusal("This was saved a moment ago. Open it under Messages.") from None
    return post


def save(post: Post, draft: Draft, *, based_on: int, by: Actor) -> Post:
    """Keep what somebody wrote on top of version `based_on`. The same again changes nothing.

    Raises Changed when somebody else saved other words since; what was sent is kept beside them.
    """
    draft = draft.tidied()
    with transaction.atomic():
        current = queries.locked(post)
        _refuse_unless_draft(current)
        lost = None
        if current.draft == draft:
            return current
        if current.version != based_on:
            lost = _set_aside(current, draft, by=by)
        else:
            _change(current, draft, by=by)
    if lost:
        raise Changed(current, lost)
    return current


def _refuse_unless_draft(post: Post) -> None:
    if not post.is_draft:
        raise Refusal(f"This message is {post.words_for_state}. Take it back to change it.")


def _set_aside(post: Post, draft: Draft, *, by: Actor) -> Version:
    refuse_unless(events.EDITED, on=post, by=by)
    return Version.objects.create(
        post=post,
        number=post.version,
        content=draft.as_json(),
        by=signed(by),
        at=clock.now(),
        lost=True,
    )


def _change(post: Post, draft: Draft, *, by: Actor) -> None:
    refuse_unless(events.EDITED, on=post, by=by)  # of where it was to go, as of where it is to
    if post.draft.request != draft.request:  # their words stay theirs
        post.also_by = queries.authors(post)
    post.version += 1
    post.edited_at, post.edited_by = clock.now(), signed(by)
    _hold(post, draft)
    with act(events.EDITED, on=post, by=by, version=post.version):
        post.save()
        _keep(post)


def _hold(post: Post, draft: Draft) -> None:
    post.content = draft.as_json()
    post.asked_for = requests.known(draft.request) if draft.request else None
    post.title = draft.name
    post.link, post.language = draft.link, draft.language


def _keep(post: Post) -> None:
    """One row for each version; within one sitting of one person the last of them is enough."""
    now, by = clock.now(), post.edited_by
    last = post.versions.filter(lost=False).order_by("-number").first()
    if last and last.by == by and now - last.at < ONE_SITTING and not _handed_in(post, last):
        last.number, last.content = post.version, post.content
        last.save(update_fields=["number", "content"])
        return
    Version.objects.create(post=post, number=post.version, content=post.content, by=by, at=now)


def _handed_in(post: Post, version: Version) -> bool:
    """Words that somebody was asked to decide on stay as a version of their own."""
    return post.handed_in_at is not None and version.at <= post.handed_in_at


def take_back(post: Post, *, by: Actor) -> Post:
    """Make a draft of a message that was handed in, so that it can be changed. What has not left
    yet does not leave; what has stays where it is.
    """
    with transaction.atomic():
        post = queries.locked_with_its_pair(post)
        if post.is_draft:
            return post
        if post.state == Post.State.DISCARDED:
            raise Refusal("This message was thrown away. Bring it back first.")
        _remember(post)
        post.state, post.why = Post.State.DRAFT, ""
        post.version += 1  # nobody’s yes to the old words counts for what comes
        with act(events.REOPENED, on=post, by=by, version=post.version):
            post.save()
        _take_back_what_goes_with(post, by=by)
    return post


def _take_back_what_goes_with(post: Post, *, by: Actor) -> None:
    """The same in the other language: neither goes without the other. What was handed in before
    the two were paired had left by then, and stays.
    """
    other = post.pair
    if not other or other.state != Post.State.SUBMITTED:
        return
    if not other.paired_at or not other.handed_in_at or other.handed_in_at > other.paired_at:
        take_back(other, by=by)


def _remember(post: Post) -> None:
    """A message that was handed in at once has no version to compare with yet."""
    if not post.content:  # from before there were drafts
        post.content = queries.as_handed_in(post).as_json()
    if not post.versions.filter(lost=False).exists():
        Version.objects.create(
            post=post,
            number=post.version,
            content=post.content,
            by=post.by,
            at=post.handed_in_at or post.made_at,
        )


def discard(post: Post, *, by: Actor) -> Post:
    """Throw it away: it does not go out. It can be brought back."""
    with transaction.atomic():
        post = queries.locked_with_its_pair(post)
        refuse_unless(events.DISCARDED, on=post, by=by)
        if post.state == Post.State.DISCARDED:
            return post
        post.state = Post.State.DISCARDED
        with act(events.DISCARDED, on=post, by=by):
            post.save(update_fields=["state"])
        _take_back_what_goes_with(post, by=by)
    return post


def restore(post: Post, *, by: Actor) -> Post:
    """Bring back what was thrown away, as a draft."""
    with transaction.atomic():
        post = queries.locked(post)
        refuse_unless(events.RESTORED, on=post, by=by)
        if post.state != Post.State.DISCARDED:
            return post
        post.state = Post.State.DRAFT
        post.version += 1  # nobody’s yes from before it was thrown away counts
        with act(events.RESTORED, on=post, by=by):
            post.save(update_fields=["state", "version"])
    return post


def copy(post: Post, *, by: Actor) -> Post:
    """A new draft with the same words, without its time, for those of its channels that are theirs.
    Whoever wrote them stays their author, and whoever asked for them is shown what becomes of it
    too: it says for them again.
    """
    draft = queries.draft_of(post).without_time()
    known = channels.linked().in_bulk(list(draft.to)).values()
    to = {one.pk for one in channels.open_to(by, events.STARTED, known)}
    theirs = draft.going_to(pk for pk in draft.to if pk in to)
    return start(theirs.tidied(), by=by, also_by=queries.authors(post))

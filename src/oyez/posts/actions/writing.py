"""Writing a message: handed in at once, or when its draft is ready."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from oyez.channels import queries as channels
from oyez.channels.models import Channel
from oyez.kit.walltime import NoSuchTime
from oyez.ledger.actor import Actor, Refusal, signed
from oyez.ledger.moment import database_now
from oyez.posts import queries, rules
from oyez.posts.actions.freezing import When, freeze, with_our_own
from oyez.posts.draft import Draft
from oyez.posts.models import Post
from oyez.posts.showing import pictures_for

UNDO = timedelta(seconds=10)  # what is sent from a page waits so long for a second thought


def write(
    text: str, *, to: Sequence[Channel], by: Actor, at: datetime | None = None, language: str = "en"
) -> Post:
    """Hand in a message in the same words for each channel, to go out at `at` (aware) or now.

    Raises Refusal, and keeps nothing, when it says nothing or does not fit somewhere.
    """
    whole = at if at and _is_a_minute(at) else None
    draft = queries.drafted(text, to=to, at=whole, language=language)
    now = database_now()
    post = Post(by=signed(by), handed_in_by=signed(by), made_at=now, version=1)
    post.content = draft.as_json()
    return _freeze(post, draft, to, _when(draft, at, now), by=by)


def hand_in(
    post: Post,
    *,
    by: Actor,
    wait: timedelta = timedelta(0),
    handed_in_by: dict[str, str] | None = None,
) -> Post:
    """The draft is ready: freeze it for each channel and ask for the decision.

    `handed_in_by`: who did so before, where nothing but its time has changed since. `wait`: how
    long it stays here before it goes, when it is to go at once, so that it can be undone. Raises
    Refusal, and leaves the draft as it is, when something is missing or too long.
    """
    with transaction.atomic():
        post = queries.locked(post)
        if not post.is_draft:
            raise Refusal(f"This message is not a draft any more; it is: {post.words_for_state}.")
        draft, now = post.draft, database_now()
        post.made_at, post.handed_in_by = now, handed_in_by or signed(by)
        when = _when(draft, None, now, wait)
        return _freeze(post, draft, channels.numbered(draft.to), when, by=by)


def _freeze(post: Post, draft: Draft, to: Sequence[Channel], when: When, *, by: Actor) -> Post:
    going = with_our_own(to)
    texts = {channel: draft.words_for(channel.pk) for channel in going}
    media = pictures_for(draft, going)
    for problem in queries.misfits(draft, texts, when.at, media):
        raise Refusal(problem)
    post.title = draft.name
    post.link, post.language = draft.link, draft.language
    return freeze(post, texts, by=by, when=when, media=media)


def _when(draft: Draft, at: datetime | None, now: datetime, wait: timedelta = timedelta(0)) -> When:
    """The moment meant. Raises Refusal for one that has passed, is far off or does not exist."""
    late = timedelta(minutes=draft.late_after)
    try:
        meant = at or draft.goes_at()
    except NoSuchTime as wrong:
        raise Refusal(str(wrong)) from wrong
    if meant and meant < now - timedelta(minutes=1):
        raise Refusal("That time has passed. Give a time to come, or none to send now.")
    if meant and meant > now + rules.FURTHEST:
        raise Refusal("That time is over two years away. Give a nearer one.")
    if at and _is_a_minute(at):
        local = at.astimezone(ZoneInfo(settings.TIME_ZONE))
        return When(at, late, f"{local:%Y-%m-%dT%H:%M}", settings.TIME_ZONE, local.fold)
    return When(meant or now + wait, late, draft.wall, draft.zone, draft.fold)


def _is_a_minute(at: datetime) -> bool:
    """A draft's time is a whole minute; what is meant to the second, or less, is kept as it is."""
    return not (at.second or at.microsecond)

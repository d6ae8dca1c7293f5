"""What have we said or are we writing?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from oyez.channels import queries as channels
from oyez.channels.models import Channel
from oyez.kit.text import links, newlines
from oyez.ledger.actor import Refusal
from oyez.posts.draft import Draft
from oyez.posts.models import Post
from oyez.posts.queries.words import going_to
from oyez.requests.models import Request


def posts() -> QuerySet[Post]:
    """Every message, newest first."""
    return Post.objects.select_related("item__feed").order_by("-id")


def one(pk: int) -> Post:
    found = posts().filter(pk=pk).first()
    if not found:
        raise Refusal(f"There is no message {pk}.")
    return found


def made_of(request: Request) -> QuerySet[Post]:
    """Every message made from a request, newest first: copies, what comes again and the other
    language too.
    """
    return posts().filter(asked_for=request)


def begun_as(once: str) -> Post | None:
    """The message that an earlier save of the same page has made, if any."""
    return posts().filter(once=once).first() if once and "\0" not in once else None


def locked(post: Post) -> Post:
    """The row as it is now, ours until the transaction ends."""
    return Post.objects.select_for_update().get(pk=post.pk)


def locked_with_its_pair(post: Post) -> Post:
    """The same, and the row of its other language; always in one order, so that two who do this
    at once wait for each other and go on.
    """
    pair = Post.objects.filter(pk=post.pk).values_list("pair", flat=True).first()
    numbers = [pk for pk in (post.pk, pair) if pk]
    rows = Post.objects.select_for_update().filter(pk__in=numbers).order_by("pk")
    return next(one for one in rows if one.pk == post.pk)


def as_handed_in(post: Post) -> Draft:
    """The draft that a message from before there were drafts would have been."""
    own = {variant.channel_id: variant.text for variant in going_to(post)}
    first = next(iter(own.values()), "")
    draft = Draft(first, tuple(own), own, post.title[:200], post.link, post.language)
    return draft.tidied()


def drafted(
    text: str, *, to: Sequence[Channel], at: datetime | None = None, language: str = "en"
) -> Draft:
    """The draft of a message in the same words everywhere, for `at` (aware) on our wall or now."""
    text = newlines(text).strip()
    link = next((span.text for span in links(text)), "")
    draft = Draft(text, tuple(channel.pk for channel in to), link=link, language=language)
    if not at:
        return draft
    local = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    wall = f"{local:%Y-%m-%dT%H:%M}"
    return replace(draft, wall=wall, zone=settings.TIME_ZONE, fold=local.fold)


def drafts() -> QuerySet[Post]:
    """What is being written, lately changed first."""
    return Post.objects.filter(state=Post.State.DRAFT).order_by("-edited_at")


def drafts_without_a_time() -> QuerySet[Post]:
    return drafts().exclude(content__has_key="wall")


def draft_of(post: Post) -> Draft:
    """The message as a draft, also one from before there were drafts."""
    return post.draft if post.content else as_handed_in(post)


def names_of(draft: Draft) -> dict[int, str]:
    """What the channels of a draft that are still ours are called, by number."""
    return {pk: one.name for pk, one in channels.linked().in_bulk(list(draft.to)).items()}

"""What have we said, and about what?"""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from oyez.channels.models import Channel
from oyez.ledger.actor import Refusal
from oyez.posts import rules
from oyez.posts.models import Post, Variant


def posts() -> QuerySet[Post]:
    """Every message, newest first."""
    return Post.objects.select_related("item__feed").order_by("-id")


def one(pk: int) -> Post:
    found = posts().filter(pk=pk).first()
    if not found:
        raise Refusal(f"There is no message {pk}.")
    return found


def said_lately(channel: Channel, link: str, now: datetime) -> Variant | None:
    """What already took this link to this channel within a day."""
    if not link:
        return None
    recent = Variant.objects.filter(
        channel=channel, link=link, left_out="", made_at__gt=now - rules.MERGE_WITHIN
    )
    return recent.select_related("post").order_by("id").first()


def going_to(post: Post) -> QuerySet[Variant]:
    """The variants that go out."""
    return post.variants.filter(left_out="").select_related("channel").order_by("id")

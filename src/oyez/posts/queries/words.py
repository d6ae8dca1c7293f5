"""Which words go to which channel?"""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet

from oyez.channels.models import Channel
from oyez.kit.links import same_page
from oyez.posts import rules
from oyez.posts.models import Post, Variant, Wording

_SHARED = f"select state, version from {Post._meta.db_table} where id = %s for share"  # noqa: S608


def current_wordings(post: Post) -> QuerySet[Wording]:
    """The words of the version that was handed in; none while it is a draft."""
    if post.state != Post.State.SUBMITTED:
        return Wording.objects.none()
    return wordings(post).filter(version=post.version)


def is_current(wording: Wording) -> bool:
    """Is it still what its author wants said? Holds the message's row against a change until the
    transaction ends; many channels may ask at once, none waits for another.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SHARED, [wording.variant.post_id])
        return bool(cursor.fetchone() == (Post.State.SUBMITTED, wording.version))


def said_lately(channel: Channel, link: str, now: datetime) -> Variant | None:
    """What already took this page to this channel within a day, whatever tags its link has."""
    if not link:
        return None
    page = same_page(link)
    path = page.partition("#")[0].partition("?")[0]
    there = Q(link__startswith=path) | Q(link__startswith=path.replace("https", "http", 1))
    said = Variant.objects.filter(there, channel=channel, left_out="", unsaid=False)
    recent = said.filter(made_at__gt=now - rules.MERGE_WITHIN).order_by("id")
    links = recent.values_list("pk", "link")
    first = next((pk for pk, other in links if same_page(other) == page), None)
    return said.select_related("post").get(pk=first) if first else None


def going_to(post: Post) -> QuerySet[Variant]:
    """The variants that go out."""
    return post.variants.filter(left_out="").select_related("channel").order_by("id")


def left_out(post: Post) -> QuerySet[Variant]:
    """The variants that do not go out; each says why."""
    return post.variants.exclude(left_out="").select_related("channel").order_by("id")


def staying(post: Post) -> QuerySet[Variant]:
    """Where an earlier version stands and the newer words do not go; each says why."""
    return post.variants.exclude(stays="").select_related("channel").order_by("id")


def wordings(post: Post) -> QuerySet[Wording]:
    """The exact words for each channel."""
    found = Wording.objects.filter(variant__post=post).select_related("channel", "variant__post")
    return found.order_by("channel_id", "id")

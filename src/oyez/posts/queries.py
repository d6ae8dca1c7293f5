"""What have we said, and about what?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from oyez.channels import queries as channels
from oyez.channels.models import Channel
from oyez.feeds import queries as feeds
from oyez.feeds import rules as feed_rules
from oyez.feeds.reading import read_address
from oyez.ledger.actor import Refusal
from oyez.posts import rules, wording
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


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be sent of one item to one channel, or why nothing would."""

    title: str
    channel: str
    text: str
    why: str = ""


def preview(
    source: str,
    *,
    to: Sequence[Channel],
    template: str = "",
    keep_words: Sequence[str] = (),
    block_words: Sequence[str] = (),
    at_most: int = 10,
) -> list[Preview]:
    """Ask a feed (by number, name or address) and show its newest items as they would be sent.

    Raises Refusal when the address gives no feed or the template makes no sense.
    """
    if template and (wrong := feed_rules.wrong_template(template)):
        raise Refusal(wrong)
    reading = read_address(_address_of(source))
    if not reading.document:
        raise Refusal(reading.problem)
    document = reading.document
    found = []
    for entry in document.entries[:at_most]:
        why = feed_rules.left_out(f"{entry.title}\n{entry.summary}", keep_words, block_words)
        for channel in to or channels.ours():
            text = wording.words(entry, channel, template or feed_rules.TEMPLATE, document.title)
            reason = why or ("" if text else wording.CANNOT_FIT)
            found.append(Preview(entry.title, channel.name, text, reason))
    return found


def _address_of(source: str) -> str:
    return source if "://" in source else feeds.one(source).url

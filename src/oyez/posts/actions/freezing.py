"""Freezing words: what is handed in, once, for each channel it goes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from oyez.channels import queries as channels
from oyez.channels.models import Channel
from oyez.kit.text import parts
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.acts import act
from oyez.ledger.moment import database_now
from oyez.networks.contract import Standing
from oyez.posts import events, rules
from oyez.posts.models import Post, Variant, Wording


def with_our_own(to: Sequence[Channel]) -> list[Channel]:
    """The channels meant, and our own page without being named."""
    if not to:
        raise Refusal("Say where it goes: name at least one channel.")
    going = list(dict.fromkeys(to))
    if rules.lands_on_our_own([channel.standing for channel in going]):
        going += [ours for ours in channels.ours() if ours not in going]
    return going


@dataclass(frozen=True, slots=True)
class When:
    """When it is meant to be said. `wall` and `fold` as in Draft; empty: at once."""

    at: datetime
    late: timedelta
    wall: str = ""
    zone: str = ""
    fold: int | None = None


Media = Mapping[Channel, Sequence[dict[str, Any]]]
"""For each channel the pictures as it would get them, in order (see Wording.media)."""


def freeze(
    post: Post,
    texts: Mapping[Channel, str],
    *,
    by: Actor,
    when: When,
    left_out: Mapping[Channel, str] | None = None,
    media: Media | None = None,
) -> Post:
    """Freeze the words and hand them in, in one transaction."""
    reasons = left_out or {}
    goes = [channel for channel in texts if channel not in reasons]
    # Our own page alone is no reason to speak: when every named channel is left out, so is it.
    named = [channel for channel in goes if channel.standing is not Standing.OURS]
    post.state = Post.State.SUBMITTED if goes and (named or not reasons) else Post.State.CLOSED
    kind = events.SUBMITTED if post.state == Post.State.SUBMITTED else events.MERGED
    post.why = "" if kind is events.SUBMITTED else next(iter(reasons.values()), post.why)
    post.handed_in_at = database_now()
    with act(kind, on=post, by=by, version=post.version):
        post.save()
        variants = _variants(post, texts, reasons)
        _freeze_words([v for v in variants if not v.left_out], when, media or {})
    return post


def _variants(
    post: Post, texts: Mapping[Channel, str], reasons: Mapping[Channel, str]
) -> list[Variant]:
    """A row for each channel: those of an earlier version are written over."""
    fields = ["text", "link", "left_out", "stays", "unsaid", "made_at"]
    return Variant.objects.bulk_create(
        [
            Variant(
                post=post,
                channel=channel,
                text=text,
                link=post.link,
                left_out=reasons.get(channel, post.why),
                made_at=post.made_at,
            )
            for channel, text in texts.items()
        ],
        update_conflicts=post.version > 1,
        update_fields=fields if post.version > 1 else None,
        unique_fields=["post", "channel"] if post.version > 1 else None,
    )


def _freeze_words(variants: Sequence[Variant], when: When, media: Media) -> None:
    """One wording for each variant; a chain of them where it is a thread."""
    firsts, later = [], []
    for variant in variants:
        first, *rest = parts(variant.text)
        wording = _frozen(variant, first, when)
        wording.media = list(media.get(variant.channel, ()))
        firsts.append(wording.seal())
        later.append(rest)
    Wording.objects.bulk_create(firsts)
    for wording, rest in zip(firsts, later, strict=True):
        _chain(wording, rest, when)


def _chain(first: Wording, texts: Sequence[str], when: When) -> None:
    """The further parts of a thread, each after the one before."""
    before = first
    for number, text in enumerate(texts, start=2):
        wording = _frozen(first.variant, text, when)
        wording.part, wording.follows, wording.link = number, before, ""
        wording.seal().save()
        before = wording


def _frozen(variant: Variant, text: str, when: When) -> Wording:
    return Wording(
        variant=variant,
        channel=variant.channel,
        text=text,
        link=variant.link if variant.link and variant.link in text else "",
        # What colleagues call a message is not what the public reads; a feed’s title is.
        title=variant.post.title if variant.post.item_id else "",
        language=variant.post.language,
        wall_time=when.at.astimezone(ZoneInfo(settings.TIME_ZONE)),
        zone=when.zone or settings.TIME_ZONE,
        wall=when.wall,
        fold=when.fold,
        late_after=when.late,
        made_at=variant.made_at,
        version=variant.post.version,
    )


def let_stay(variant: Variant, why: str) -> None:
    """An earlier version is there, or may be: the newer words do not go, and it is said."""
    variant.stays = why
    variant.save(update_fields=["stays"])


def unsay(variants: QuerySet[Variant]) -> None:
    """These were never shown after all, so that their link may be said again."""
    variants.update(unsaid=True)

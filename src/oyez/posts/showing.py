"""Which pictures does a message show on a channel, drawn the network's way?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from hashlib import sha256
from math import sqrt
from typing import Any

from oyez.channels import queries as channels
from oyez.channels.models import Channel
from oyez.formats.pictures import Box
from oyez.library import actions as library
from oyez.library import queries as attachments
from oyez.library.models import Attachment, Blob
from oyez.networks.contract import Limits, Media, Refused, Standing
from oyez.posts.draft import Draft, Placed

DRAWN = ("image/jpeg", "image/png")


def pictures_for(draft: Draft, to: Sequence[Channel]) -> dict[Channel, list[dict[str, Any]]]:
    """For each channel what a Wording keeps of each picture and film, in order.

    Raises Refusal when one is gone, or cannot be drawn small enough.
    """
    found = [(placed, attachments.one(placed.attachment)) for placed in draft.media]
    return {channel: _for_channel(channel, found) for channel in to} if found else {}


def _for_channel(
    channel: Channel, found: Sequence[tuple[Placed, Attachment]]
) -> list[dict[str, Any]]:
    limits = channels.network_of(channel).limits
    if channel.standing is Standing.OURS and not limits.media:
        return []  # our own page lands by itself: what it cannot show must not stop the others
    return [_kept(placed, attachment, limits) for placed, attachment in found]


def _kept(placed: Placed, attachment: Attachment, limits: Limits) -> dict[str, Any]:
    blob, width, height = _drawn(attachment, limits)
    x, y = attachment.focus
    captions = attachment.captions
    return {
        "attachment": attachment.pk,
        "blob": blob.pk,
        "digest": blob.digest,
        "kind": blob.kind,
        "alt": "" if attachment.decorative else placed.alt or attachment.alt,
        "size": blob.size,
        "width": width,
        "height": height,
        "focus": [2 * x - 1, 1 - 2 * y],
        "captions": captions.pk if captions else None,
        "captions_digest": captions.digest if captions else "",
        "language": attachment.language or "en",
        "name": attachment.name,
        "seconds": attachment.seconds,
    }


def _drawn(attachment: Attachment, limits: Limits) -> tuple[Blob, int, int]:
    """The bytes that fit this network; a film, or a network without limits, takes them as kept."""
    size = attachment.width * attachment.height
    fits = (
        (not limits.media_bytes or attachment.blob.size <= limits.media_bytes)
        and (not limits.media_pixels or size <= limits.media_pixels)
        and (not limits.kinds or attachment.kind in limits.kinds)
    )
    if attachment.is_film or fits or not limits.media:
        return attachment.blob, attachment.width, attachment.height
    rendition = library.render_for(attachment, _box(attachment, limits))
    return rendition.blob, rendition.width, rendition.height


def _box(attachment: Attachment, limits: Limits) -> Box:
    size, longer = attachment.width * attachment.height, max(attachment.width, attachment.height)
    side = int(longer * sqrt(limits.media_pixels / size)) if limits.media_pixels else 0
    kinds = tuple(kind for kind in DRAWN if not limits.kinds or kind in limits.kinds)
    return Box(limits.media_bytes, min(side, longer), kinds or DRAWN)


def as_sent(kept: Sequence[Mapping[str, Any]]) -> tuple[Media, ...]:
    """What a Wording keeps, as a network takes it; bytes are read when they are sent."""
    return tuple(_media(one) for one in kept)


def _media(one: Mapping[str, Any]) -> Media:
    captions = one.get("captions")
    return Media(
        digest=one["digest"],
        kind=one["kind"],
        alt=one["alt"],
        size=one["size"],
        load=partial(_read, one["blob"], one["digest"]),
        width=one["width"],
        height=one["height"],
        focus=(one["focus"][0], one["focus"][1]),
        captions=partial(_read, captions, one["captions_digest"]) if captions else None,
        language=one["language"],
        name=one["name"],
        seconds=one["seconds"],
    )


def _read(blob: int, digest: str) -> bytes:
    """Raises Refused when the file is not the one that was approved with the words."""
    content = attachments.read(Blob.objects.get(pk=blob))
    if sha256(content).hexdigest() != digest:
        raise Refused("A file of it is not the one that was approved. Add it again.")
    return content

"""How does a message look on each of its channels? Exactly its words, hidden characters shown."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from oyez.channels import queries as channels
from oyez.kit.text import parts, reveal
from oyez.library import queries as library
from oyez.networks.fit import room
from oyez.web.parts import Picture, Preview
from oyez.web.write.looking import room_left

if TYPE_CHECKING:
    from oyez.channels.models import Channel
    from oyez.library.models import Attachment
    from oyez.posts.draft import Draft, Placed
    from oyez.posts.models import Wording


Address = Callable[[int], str]
"""Where is the picture of this number, for whoever reads the page?"""


def in_the_library(attachment: int) -> str:
    """For people of the house."""
    return reverse("library:picture", args=[attachment, "thumb"])


def of_wordings(
    wordings: Iterable[Wording],
    *,
    address: Address = in_the_library,
    without: Collection[int] = (),
) -> list[Preview]:
    """The frozen words, a preview for each channel, the parts of a thread in their order; `without`
    the pictures of these numbers.
    """
    together: dict[Channel, list[Wording]] = {}
    for wording in wordings:
        together.setdefault(wording.channel, []).append(wording)
    firsts = {"\n".join(one.text for one in found) for found in together.values()}
    return [
        preview(
            channel,
            [one.text for one in sorted(found, key=lambda one: one.part)],
            pictures=[
                _picture(medium, address)
                for one in found
                for medium in one.media
                if medium.get("attachment") not in without
            ],
            own=len(firsts) > 1,
        )
        for channel, found in together.items()
    ]


def pictures_of(wording: Wording) -> list[Picture]:
    """What its frozen words carry, in order."""
    return [_picture(medium, in_the_library) for medium in wording.media]


def of_draft(
    draft: Draft, *, address: Address = in_the_library, without: Collection[int] = ()
) -> list[Preview]:
    """The words as they stand; a channel that was removed meanwhile is left out."""
    known = channels.linked().in_bulk(list(draft.to))
    kept = library.numbered({placed.attachment for placed in draft.media}.difference(without))
    here = (placed for placed in draft.media if placed.attachment in kept)
    media = [_told(placed, kept[placed.attachment]) for placed in here]
    pictures = [_picture(medium, address) for medium in media]
    return [
        preview(
            known[pk],
            parts(draft.words_for(pk)),
            pictures=pictures,
            own=bool(draft.own_words.get(pk)),
        )
        for pk in draft.to
        if pk in known
    ]


def preview(
    channel: Channel,
    said: Sequence[str],
    *,
    pictures: Sequence[Picture] = (),
    own: bool = False,
) -> Preview:
    """For web/components/preview.html."""
    return Preview(
        channel.name,
        channel.network_class.title,
        channel.handle if channel.handle != channel.name else "",
        [reveal(part) for part in said],
        pictures,
        [_left(channel, part) for part in said],
        own,
    )


def _told(placed: Placed, kept: Attachment) -> dict[str, Any]:
    """A picture of a draft, as a wording would keep it."""
    alt = placed.alt or kept.alt
    return {"attachment": kept.pk, "name": kept.name, "alt": alt, "kind": kept.kind}


def _picture(medium: Mapping[str, Any], address: Address) -> Picture:
    film = str(medium.get("kind", "")).startswith("video/")
    shown = medium.get("attachment") and not film
    src = address(medium["attachment"]) if shown else ""
    return Picture(str(medium.get("name", "")), reveal(str(medium.get("alt", ""))), film, src)


def _left(channel: Channel, text: str) -> str:
    left, limit, unit = room(text, channels.network_of(channel).limits)[0]
    return room_left(left, limit, unit)

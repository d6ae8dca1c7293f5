"""How will it look on each channel, how much room is left, and what do the checks say?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from oyez.channels import queries as channels
from oyez.decisions import queries as decisions
from oyez.kit import clock
from oyez.kit.text import parts
from oyez.library import queries as library
from oyez.networks.fit import room
from oyez.policy.contract import Finding, Level
from oyez.posts import queries as posts
from oyez.posts.draft import Draft
from oyez.web.feeds.words import where
from oyez.web.parts import Colour, Mark
from oyez.web.who import office

if TYPE_CHECKING:
    from oyez.channels.models import Channel
    from oyez.ledger.actor import Actor
    from oyez.posts.models import Post

LEVELS: Mapping[Level, tuple[str | Promise, Colour]] = {
    Level.BLOCK: (later("Must change"), "red"),
    Level.HOLD: (later("Needs a yes"), "orange"),
    Level.WARN: (later("Please look"), "yellow"),
    Level.FIX: (later("Will be repaired"), "blue"),
    Level.INFO: (later("To know"), "grey"),
}


UNITS: Mapping[str, str | Promise] = {"characters": later("characters"), "bytes": later("bytes")}


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of a card: which, and what somebody who cannot see it is told."""

    pk: int
    alt: str
    film: bool


@dataclass(frozen=True, slots=True)
class Look:
    """One channel's card: its words part by part, what is left, whether that is too long."""

    channel: str
    network: str
    handle: str
    parts: Sequence[str]
    left: str
    too_long: bool
    own: bool
    pictures: Sequence[Picture] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """One finding, for all the channels that it was found on."""

    check: str
    mark: Mark
    message: str
    words: Sequence[str]
    why: str
    source: str
    channels: str
    confirm: bool = False  # a tick says: I have read this and keep it
    ask: str = ""  # a tick asks this role to allow it
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Looks:
    """Everything beside the form."""

    cards: Sequence[Look]
    said: Sequence[Said]
    alike: bool  # the same words everywhere, on more than one network
    misfits: Sequence[str]


def looks(
    draft: Draft, author: Actor, post: Post | None = None, ticked: Collection[str] = ()
) -> Looks:
    """What somebody who writes should see: on the channels that are still ours."""
    going = channels.still_ours(draft.to)
    draft = replace(draft, to=tuple(channel.pk for channel in going))
    who = {"kind": author.kind, "id": str(author.id), "name": author.name}
    found = decisions.look_at_draft(draft, who, post) if draft.text or draft.own_words else {}
    texts = {channel: draft.words_for(channel.pk) for channel in going}
    return Looks(
        [_card(channel, text, draft) for channel, text in texts.items()],
        said(found, ticked),
        _alike(texts),
        posts.misfits(draft, texts, clock.now()) if draft.text else [],
    )


def _card(channel: Channel, text: str, draft: Draft) -> Look:
    cut = parts(text)
    tightest = min(
        (room(part, channels.network_of(channel).limits)[0] for part in cut),
        key=lambda one: one.left,
    )
    left = room_left(tightest.left, tightest.limit, tightest.unit)
    own = bool(draft.own_words.get(channel.pk))
    title = channel.network_class.title
    return Look(
        channel.name, title, channel.handle, cut, left, tightest.left < 0, own, _pictures(draft)
    )


def _pictures(draft: Draft) -> list[Picture]:
    found = [(placed, library.one(placed.attachment)) for placed in draft.media]
    return [Picture(one.pk, placed.alt or one.alt, one.is_film) for placed, one in found]


def room_left(left: int, limit: int, unit: str) -> str:
    """ "12 characters left of 500", or by how much it is too long."""
    words = {"limit": f"{limit:,}", "unit": UNITS.get(unit, unit)}
    if left < 0:
        return _("%(over)s over the limit of %(limit)s %(unit)s") % {**words, "over": f"{-left:,}"}
    return _("%(left)s %(unit)s left of %(limit)s") % {**words, "left": f"{left:,}"}


def _alike(texts: Mapping[Channel, str]) -> bool:
    """Each network has readers of its own; the same words everywhere suit none of them best."""
    networks = {channel.network for channel in texts}
    return len(networks) > 1 and len(set(texts.values())) == 1 and any(texts.values())


def said(found: Mapping[Any, Sequence[Finding]], ticked: Collection[str] = ()) -> list[Said]:
    """The findings, the same one on several channels said once, the weightiest first."""
    together: dict[tuple[str, str], list[tuple[Any, Finding]]] = {}
    for channel, findings in found.items():
        for finding in findings:
            together.setdefault((finding.check, finding.message), []).append((channel, finding))
    weightiest = sorted(together.values(), key=lambda places: -places[0][1].level)
    return [_said(places, ticked) for places in weightiest]


def mark(level: Level) -> Mark:
    """A level as a status."""
    words, colour = LEVELS[level]
    return Mark(str(words), colour)


def _said(places: Sequence[tuple[Any, Finding]], ticked: Collection[str]) -> Said:
    finding = places[0][1]
    blocks = finding.level == Level.BLOCK
    return Said(
        check=finding.check,
        mark=mark(finding.level),
        message=finding.message,
        words=finding.words,
        why=finding.why,
        source=finding.source,
        channels=", ".join(where(channel) for channel, _finding in places),
        confirm=finding.level == Level.WARN,
        ask=office(finding.role) if blocks else "",
        ticked=finding.check in ticked,
    )

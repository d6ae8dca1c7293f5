"""How does what we did not send read? Channel by channel, and as the red strip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oyez.channels import queries as channels
from oyez.deliveries.rules import followable
from oyez.listening import queries
from oyez.networks.contract import Standing
from oyez.web.strip import Strip, provide

if TYPE_CHECKING:
    from oyez.channels.models import Channel
    from oyez.emergency.models import CutOff
    from oyez.listening.models import Stray

MOST = 20


@dataclass(frozen=True, slots=True)
class Sight:
    """A post that we did not send, or a change that we did not make. `href` is empty where a
    browser must not go.
    """

    words: str
    href: str
    kind: str  # empty for a post; "boost", or what was changed
    posted_at: datetime | None
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Suspect:
    """A channel with such posts: how many, the newest of them, and whether it is held back."""

    pk: int
    name: str
    count: int
    sights: Sequence[Sight]
    quarantined: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of cutting one channel off."""

    channel: str
    done: Sequence[str]
    by_hand: str
    trouble: str


def suspects() -> list[Suspect]:
    return [_suspect(channel) for channel in queries.alarmed()]


def _suspect(channel: Channel) -> Suspect:
    found = list(queries.unanswered().filter(channel=channel))
    sights = [
        Sight(one.words, followable(one.url), _kind(one), one.posted_at, one.seen_at)
        for one in found[:MOST]
    ]
    held = channel.state == channel.State.QUARANTINED
    return Suspect(channel.pk, channel.name, len(found), sights, held)


def _kind(one: Stray) -> str:
    return one.change or ("boost" if one.boost else "")


def others() -> list[Channel]:
    """Every channel that somebody else could take."""
    return [one for one in channels.linked() if one.standing is not Standing.OURS]


def ended(done: CutOff | None) -> list[Ended]:
    rows: Sequence[dict[str, Any]] = done.found if done else []
    return [Ended(one["channel"], one["done"], one["by_hand"], one["trouble"]) for one in rows]


def sentence(found: Sequence[Suspect]) -> str:
    if not found:
        return _("Our channels show nothing that Oyez did not send.")
    names = ", ".join(one.name for one in found)
    count = sum(one.count for one in found)
    said = ngettext(
        "%(channels)s shows a post that Oyez did not send.",
        "%(count)d posts that Oyez did not send are on %(channels)s.",
        count,
    )
    return said % {"channels": names, "count": count}


@provide
def strip(request: HttpRequest) -> Strip | None:
    """Red on every page until somebody has answered."""
    if not (found := list(queries.alarmed())):
        return None
    names = ", ".join(channel.name for channel in found)
    bold = _("Is somebody else posting as us?")
    rest = _("%s shows something that Oyez did not send.") % names
    return Strip("stop", bold, rest, _("Look and answer"), reverse("takeover:show"))

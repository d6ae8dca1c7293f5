"""What is the thing called that something happened to, and where is its page?

From a few questions for a whole page of events, however many those are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from oyez.channels import queries as channels
from oyez.deliveries import queries as deliveries
from oyez.feeds import queries as feeds
from oyez.people import queries as people
from oyez.posts import queries as posts
from oyez.web.messages.listing import title

if TYPE_CHECKING:
    from oyez.ledger.models import Event

AREAS: Mapping[str, str | Promise] = {
    "posts": later("Messages"),
    "decisions": later("Approvals"),
    "deliveries": later("What went out"),
    "channels": later("Channels"),
    "feeds": later("Feeds"),
    "emergency": later("Stops and periods"),
    "requests": later("Requests"),
    "library": later("Library"),
    "policy": later("Policy and checks"),
    "people": later("People"),
    "partners": later("Partners and the political register"),
    "strategy": later("Campaigns"),
    "notices": later("Notices"),
    "ledger": later("The record"),
}


@dataclass(frozen=True, slots=True)
class Thing:
    """What something happened to; `href` is empty where it has no page."""

    name: str
    href: str = ""


Pair = tuple[str, str]


def things(events: Iterable[Event]) -> dict[Pair, Thing]:
    """Each thing of these events, by kind and number."""
    numbers: dict[str, set[int]] = {}
    pairs = {(event.on_kind, event.on_id) for event in events}
    for kind, number in pairs:
        if number.isdecimal():
            numbers.setdefault(kind, set()).add(int(number))
    known = {
        (kind, str(pk)): thing
        for kind, pks in numbers.items()
        if kind in _KNOWN
        for pk, thing in _KNOWN[kind](pks).items()
    }
    return {pair: known.get(pair) or _plain(*pair) for pair in pairs}


def _posts(pks: Collection[int]) -> dict[int, Thing]:
    found = posts.posts().filter(pk__in=pks)
    return {
        one.pk: Thing(f"“{title(one)}”", reverse("messages:show", args=[one.pk])) for one in found
    }


def _deliveries(pks: Collection[int]) -> dict[int, Thing]:
    named = _("“%(message)s” on %(channel)s")
    return {
        one.pk: Thing(
            named % {"message": title(post), "channel": one.channel},
            reverse("messages:show", args=[post.pk]),
        )
        for one in deliveries.deliveries().filter(pk__in=pks)
        for post in [one.wording.variant.post]
    }


def _channels(pks: Collection[int]) -> dict[int, Thing]:
    shown = set(channels.linked().values_list("pk", flat=True))
    return {
        one.pk: Thing(str(one), reverse("channels:show", args=[one.pk]) if one.pk in shown else "")
        for one in channels.ever(pks)
    }


def _feeds(pks: Collection[int]) -> dict[int, Thing]:
    found = feeds.feeds().filter(pk__in=pks)
    return {one.pk: Thing(str(one), reverse("feeds:show", args=[one.pk])) for one in found}


def _items(pks: Collection[int]) -> dict[int, Thing]:
    return {
        one.pk: Thing(f"“{one}”", reverse("feeds:show", args=[one.feed_id]))
        for one in feeds.items().filter(pk__in=pks)
    }


def _people(pks: Collection[int]) -> dict[int, Thing]:
    return {one.pk: Thing(str(one)) for one in people.everybody_ever().filter(pk__in=pks)}


_KNOWN: Mapping[str, Callable[[Collection[int]], dict[int, Thing]]] = {
    "posts.post": _posts,
    "deliveries.delivery": _deliveries,
    "channels.channel": _channels,
    "feeds.feed": _feeds,
    "feeds.item": _items,
    "people.person": _people,
}
_PAGES: Mapping[str, tuple[str | Promise, str]] = {
    "emergency.stop": (later("stop"), ""),
    "emergency.period": (later("period"), "periods:show"),
    "requests.request": (later("request"), "requests:show"),
    "library.attachment": (later("picture or film"), "library:show"),
    "partners.partner": (later("partner"), "partners:show"),
    "partners.figure": (later("entry in the register"), "figures:show"),
    "strategy.campaign": (later("campaign"), "campaigns:show"),
    "posts.template": (later("words to begin with"), "beginnings:show"),
}


def _plain(kind: str, number: str) -> Thing:
    """By its number alone; what has been deleted since has no more than that."""
    label, page = _PAGES.get(kind, (kind.partition(".")[2], ""))
    name = _("%(kind)s %(number)s") % {"kind": label, "number": number}
    return Thing(name, reverse(page, args=[int(number)]) if page and number.isdecimal() else "")

"""Whose words does a message pass on, and how has the feed behaved that they came from?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from oyez.decisions import rules
from oyez.feeds import queries as feeds
from oyez.feeds.models import Item
from oyez.partners import queries as partners
from oyez.partners.models import Partner
from oyez.policy.contract import Boosted, Source
from oyez.posts.draft import Draft
from oyez.requests import queries as requests
from oyez.requests.models import Request

HOUR = timedelta(hours=1)


def boosted(draft: Draft, item: Item | None) -> Boosted | None:
    """The authors of what is passed on, as far as anybody has said so: whom a request to boost
    names, whose address is boosted, whose feed it is. None: the words are our own.
    """
    asked = requests.known(draft.request) if draft.request else None
    boost = asked if asked and asked.kind == Request.Kind.BOOST else None
    partner = boost.partner if boost else None
    partner = partner or (partners.one(draft.partner) if draft.partner else None)
    authors = [
        *([boost.partner_name, *rules.accounts_in(boost.boost_url)] if boost else []),
        *rules.accounts_in(draft.boosts),
        *_partner(partner),
        *_of_the_feed(item),
    ]
    named = tuple(dict.fromkeys(filter(None, authors)))
    return Boosted(named, partner.name if partner else "") if named else None


def _partner(partner: Partner | None) -> list[str]:
    return [partner.name, *partner.handles] if partner else []


def _of_the_feed(item: Item | None) -> Iterator[str]:
    """Nothing for a feed of our own."""
    if item and item.feed.third_party:
        yield item.feed.name
        yield from rules.accounts_in(item.feed.url)
        yield from rules.accounts_in(item.url)


def source(item: Item, now: datetime, *, automatic: bool) -> Source:
    """The feed of an item, and how both stand at this moment.

    An item that its author edits settles again: they may not be done. `automatic`: its rule hands
    it in; else a person has taken it up.
    """
    feed, changed = item.feed, item.changed_at
    return Source(
        feed.name,
        automatic=automatic,
        third_party=feed.third_party,
        arrived_at=item.arrived_at,
        settled=now >= (changed or item.arrived_at) + feed.settle,
        changed=bool(changed and item.released_at and changed > item.released_at),
        overtaken=feeds.why_overtaken(item),
        in_last_hour=feeds.passed_on_since(feed, now - HOUR) if automatic else 0,
    )

"""An entry under a new name may be an item that we know: sites move, and write their guids anew."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from oyez.feeds.models import Feed, Item
from oyez.formats.contract import Entry
from oyez.formats.identity import fingerprint

Mark = tuple[str, datetime | None]


def renamed(feed: Feed, entries: Mapping[str, Entry], unknown: Collection[str]) -> dict[str, Item]:
    """The items behind names that nobody knows, each kept under its new name: of the same title and
    the same moment (or, without one, the same words and link), and not listed under the old name.

    A title alone is not enough: “Flood alert” is news again tomorrow.
    """
    if not unknown:
        return {}
    gone = {_mark_of(item): item for item in _no_longer_listed(feed, entries, unknown)}
    found: dict[str, Item] = {}
    for name in unknown:
        if item := gone.pop(_mark(entries[name]), None):
            item.identity, item.guid = name, entries[name].guid
            item.save(update_fields=["identity", "guid"])
            found[name] = item
    return found


def _no_longer_listed(
    feed: Feed, entries: Mapping[str, Entry], unknown: Collection[str]
) -> list[Item]:
    titles = {entries[name].title for name in unknown}
    same = feed.items.filter(title__in=titles).exclude(identity__in=entries)
    return list(same.select_for_update(of=("self",)).order_by("pk"))


def _mark(entry: Entry) -> Mark:
    return (entry.title, entry.published_at) if entry.published_at else (fingerprint(entry), None)


def _mark_of(item: Item) -> Mark:
    at = item.published_at
    return (item.title, at) if at else (item.fingerprint, None)

"""Asking feeds, and keeping what came: new items settle, edited ones are noted."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import OperationalError, transaction

from oyez.feeds import events, queries, rules
from oyez.feeds.actions.recognising import renamed
from oyez.feeds.models import Feed, Item
from oyez.feeds.reading import Reading, read_feeds
from oyez.formats.contract import Alert, Document, Entry
from oyez.formats.identity import fingerprint, identify, identity_of, reuses_guids
from oyez.ledger.actor import Actor
from oyez.ledger.acts import act, refuse_unless
from oyez.ledger.moment import database_now

log = logging.getLogger(__name__)

NEVER = datetime.min.replace(tzinfo=UTC)
POLLED_WITH = ("url", "etag", "last_modified", "every", "ttl", "failures")  # most change nothing
COMPARED = ("feed", "identity", "fingerprint", "state", "gone_at")  # of a known item with its entry
REWRITTEN = (
    *("guid", "url", "title", "summary", "language", "published_at", "fingerprint"),
    *("changed_at", "gone_at", "warning", "expires_at"),
)
BEFORE_US = "It was there before."
IN_A_FLOOD = "It came with far too many others at once, so it was not passed on."
NO_NEWS = "A backup was put back: this may be out already, and is over a day old."
POLL_LEASE = timedelta(minutes=3)  # a worker that dies while polling gives the feed back after this


def poll_due(*, by: Actor, at_most: int = 300) -> int:
    """Poll the feeds whose time has come; several workers may do so at once. Returns how many were
    asked.
    """
    now = database_now()
    with transaction.atomic():
        due = queries.due(now).only(*POLLED_WITH)
        claimed = list(due.select_for_update(skip_locked=True)[:at_most])
        ids = [feed.pk for feed in claimed]
        Feed.objects.filter(pk__in=ids).update(next_poll_at=now + POLL_LEASE)
    poll(claimed, by=by)
    return len(claimed)


def poll(feeds: Sequence[Feed], *, by: Actor) -> None:
    """Ask these feeds once and keep what came. One feed's trouble is never another's."""
    for feed in feeds:
        refuse_unless(events.CHANGED, on=feed, by=by)  # before any of them is asked
    unchanged: dict[timedelta, list[int]] = {}
    for feed, reading in read_feeds(feeds, database_now()):
        if reading.unchanged and not feed.failures:
            wait = rules.next_interval(feed.every, ttl=feed.ttl, asked=reading.wait)
            unchanged.setdefault(wait, []).append(feed.pk)
        else:
            _keep_apart(feed, reading, by=by)
    for wait, ids in unchanged.items():
        now = database_now()
        Feed.objects.filter(pk__in=ids).update(polled_at=now, good_at=now, next_poll_at=now + wait)


def _keep_apart(feed: Feed, reading: Reading, *, by: Actor) -> None:
    """Keep what one feed gave; if that breaks, the others go on and this one has its next turn."""
    try:
        keep(feed, reading, by=by)
    except OperationalError:
        raise  # the database is away for all of them; the lease gives them back
    except Exception:  # whatever one feed makes us stumble over, it is its own trouble
        log.exception("What feed %s gave could not be kept.", feed.pk)


def keep(feed: Feed, reading: Reading, *, by: Actor) -> None:
    """Write down what one poll gave."""
    now = database_now()
    with transaction.atomic():
        feed = Feed.objects.select_for_update().get(pk=feed.pk)
        if reading.gone:
            _end(feed, reading, by=by)
        elif reading.ours:
            log.warning("Feed %s waits for its next turn: %s", feed.pk, reading.problem)
        elif reading.problem:
            _fail(feed, reading, now, by=by)
        else:
            _recover(feed, by=by)
            if flood := take(feed, reading, now):
                _hold(feed, flood, by=by)


def _end(feed: Feed, reading: Reading, *, by: Actor) -> None:
    feed.state, feed.problem, feed.next_poll_at = Feed.State.ENDED, reading.problem, None
    with act(events.ENDED, on=feed, by=by):
        feed.save(update_fields=["state", "problem", "next_poll_at"])


def _fail(feed: Feed, reading: Reading, now: datetime, *, by: Actor) -> None:
    feed.failures, feed.problem, feed.polled_at = feed.failures + 1, reading.problem, now
    if feed.state == Feed.State.ACTIVE:
        feed.next_poll_at = now + rules.next_interval(
            feed.every, failures=feed.failures, asked=reading.wait
        )
    fields = ["failures", "problem", "polled_at", "next_poll_at"]
    if feed.failures > 1:  # said once; the count goes on
        feed.save(update_fields=fields)
        return
    with act(events.FAILED, on=feed, by=by, problem=reading.problem):
        feed.save(update_fields=fields)


def _recover(feed: Feed, *, by: Actor) -> None:
    if feed.failures:
        feed.failures, feed.problem = 0, ""
        with act(events.RECOVERED, on=feed, by=by):
            feed.save(update_fields=["failures", "problem"])


def _hold(feed: Feed, why: str, *, by: Actor) -> None:
    """It goes on when somebody has looked at it: whoever runs it may have lost it to others."""
    feed.problem = why
    if feed.state == Feed.State.ACTIVE:
        feed.state, feed.next_poll_at = Feed.State.PAUSED, None
    with act(events.FLOODED, on=feed, by=by, why=why):
        feed.save(update_fields=["state", "next_poll_at", "problem"])


def take(feed: Feed, reading: Reading, now: datetime, *, seed_but: int | None = None) -> str:
    """Keep a document's entries: new ones settle, edited ones are noted. `seed_but` marks a first
    poll. What to say where they were a flood, of which none is passed on; else nothing.
    """
    document, flood = reading.document, ""
    if document:
        if not feed.reuses_guids and reuses_guids(document.entries):
            _tell_guids_apart(feed)
        flood = _take_entries(feed, document, now, seed_but)
        _remember_document(feed, document, now)
        feed.etag, feed.last_modified = reading.etag, reading.last_modified
    feed.polled_at = feed.good_at = now
    if feed.state == Feed.State.ACTIVE:
        wait = rules.next_interval(feed.every, ttl=feed.ttl, asked=reading.wait)
        feed.next_poll_at = now + wait
    feed.save()
    return flood


def _tell_guids_apart(feed: Feed) -> None:
    """Its guids turned out to stand on several items: from now on, and for what we know, add the
    url.
    """
    feed.reuses_guids = True
    for item in feed.items.exclude(guid=""):
        known = Entry(guid=item.guid, url=item.url, title=item.title, summary=item.summary)
        item.identity = identity_of(known, reused=True)
        item.save(update_fields=["identity"])


def _remember_document(feed: Feed, document: Document, now: datetime) -> None:
    feed.home_url, feed.language = document.home_url[:2000], (document.language or "en")[:20]
    feed.ttl = timedelta(minutes=document.ttl_minutes) if document.ttl_minutes else None
    dates = [entry.published_at for entry in document.entries if entry.published_at]
    feed.usual_gap = rules.usual_gap(dates) or feed.usual_gap
    newest = [*(min(at, now) for at in dates), *filter(None, [feed.last_item_at])]
    feed.last_item_at = max(newest, default=None)


def _take_entries(feed: Feed, document: Document, now: datetime, seed_but: int | None) -> str:
    doubtful, feed.doubts_next = feed.doubts_next, False
    names = identify(document.entries, feed.reuses_guids)
    entries: dict[str, Entry] = {}
    for name, entry in zip(names, document.entries, strict=True):
        entries.setdefault(name, entry)  # the same entry listed twice is one item
    seen = feed.items.filter(identity__in=entries).only(*COMPARED)
    known = {item.identity: item for item in seen.select_for_update(of=("self",))}
    known |= renamed(feed, entries, entries.keys() - known.keys())
    new = {name: entry for name, entry in entries.items() if name not in known}
    seeded = _no_news(new, now) if doubtful else {}
    if seed_but is not None:
        seeded |= dict.fromkeys(_older_than_newest(new, seed_but), BEFORE_US)
    flood = "" if seed_but is not None else _flood(feed, len(new) - len(seeded))
    if flood:
        seeded = dict.fromkeys(new, IN_A_FLOOD)
    if new.keys() - seeded.keys():
        feed.last_item_at = now  # whatever date its author gave it
    Item.objects.bulk_create(
        _arriving(Item(feed=feed, identity=name, may_be_out=doubtful), entry, now, seeded.get(name))
        for name, entry in _oldest_first(new)
    )
    for name, item in known.items():
        _note_change(item, entries[name], now)
    _note_gone(feed, entries, now)
    return flood


def _flood(feed: Feed, new: int) -> str:
    waiting = feed.items.filter(state=Item.State.SETTLING).count() if new else 0
    return rules.flooded(new, waiting) if new and rules.is_flood(new, waiting) else ""


def _oldest_first(new: dict[str, Entry]) -> list[tuple[str, Entry]]:
    """Publishers list the newest first; dates decide where they have them."""
    listed = list(reversed(new.items()))
    if all(entry.published_at for entry in new.values()):
        listed.sort(key=lambda pair: pair[1].published_at or NEVER)
    return listed


def _older_than_newest(new: dict[str, Entry], backlog: int) -> set[str]:
    names = [name for name, _ in _oldest_first(new)]
    return set(names[: len(names) - backlog] if backlog else names)


def _no_news(new: dict[str, Entry], now: datetime) -> dict[str, str]:
    """After a restore: what is old enough to have gone out long since, and would be no news now."""
    dates = {name: entry.published_at for name, entry in new.items()}
    return {name: NO_NEWS for name, at in dates.items() if at and at < now - rules.NEWS_FOR}


def _arriving(item: Item, entry: Entry, now: datetime, seeded: str | None) -> Item:
    item.arrived_at = now
    _copy(item, entry)
    if seeded:
        item.state, item.why = Item.State.SEEDED, seeded
    else:
        item.state, item.ready_at = Item.State.SETTLING, now + item.feed.settle
    return item


def _copy(item: Item, entry: Entry) -> None:
    item.guid, item.url, item.title = entry.guid, entry.url, entry.title
    item.summary, item.language = entry.summary, (entry.language or "")[:20]
    item.published_at, item.fingerprint = entry.published_at, fingerprint(entry)
    if entry.alert:
        item.warning = _facts(entry.alert)
        item.expires_at = entry.alert.expires


def _facts(alert: Alert) -> dict[str, Any]:
    """What the warning says of itself, its moments apart."""
    names = (name for name in Alert.__slots__ if name not in {"effective", "expires"})
    return {name: getattr(alert, name) for name in names}


def _note_change(item: Item, entry: Entry, now: datetime) -> None:
    """An update is not a new item: before release the newest words count, later it is noted."""
    changed = item.fingerprint != fingerprint(entry)
    if not changed and item.gone_at is None:
        return
    item.gone_at = None
    if changed:
        if item.state != Item.State.SETTLING:
            item.changed_at = now
        _copy(item, entry)
    item.save(update_fields=REWRITTEN)  # never its state, which moves on elsewhere


def _note_gone(feed: Feed, entries: dict[str, Entry], now: datetime) -> None:
    """What its author took away, as against what newer items pushed out of the feed."""
    listed = [entry.published_at for entry in entries.values() if entry.published_at]
    if not listed:
        return
    missing = feed.items.filter(published_at__gt=min(listed), gone_at=None)
    dates = missing.exclude(identity__in=entries).values_list("pk", "published_at")
    gone = [pk for pk, at in dates if at and rules.taken_away(at, listed)]
    Item.objects.filter(pk__in=gone).update(gone_at=now)

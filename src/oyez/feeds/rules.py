"""How does a feed behave? Pure functions: when to ask again, what to keep, what to say."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import pairwise
from statistics import median

POLL_EVERY = timedelta(minutes=5)
SLOWEST = timedelta(hours=6)  # even a failing feed is asked four times a day
PATIENCE = timedelta(days=1)  # a publisher may ask for at most this pause
SETTLE = timedelta(minutes=10)  # authors mend typing errors just after publishing
FLOOD_WINDOW = timedelta(minutes=15)
FLOOD_CAP = 3
MOST_WAITING = 200  # of one feed: more could hardly go out within a day
SILENT_FACTOR = 3
NEWS_FOR = timedelta(hours=24)  # after settling; later it is no news, and late means left out
EXPIRED = "The warning expired before its time came."
FOR_PEOPLE = ("Alert", "Update", "Cancel")
NO_WARNINGS = {
    "Exercise": "an exercise",
    "System": "a message between systems",
    "Test": "a test",
    "Draft": "a draft",
}
WARNS_FOR = timedelta(days=7)
TEMPLATE = "{title} {link}"
PLACES = ("title", "summary", "link", "feed")
_PLACE = re.compile(r"\{(\w*)\}")


def next_interval(
    every: timedelta,
    *,
    failures: int = 0,
    ttl: timedelta | None = None,
    asked: timedelta | None = None,
) -> timedelta:
    """How long until the next poll: ours, or longer where the publisher asks or keeps failing."""
    wait = max(every, min(ttl or every, SLOWEST))
    if failures:
        wait = min(every * 2 ** min(failures, 12), SLOWEST)
    return max(wait, min(asked or wait, PATIENCE))


def left_out(text: str, keep: Sequence[str], block: Sequence[str]) -> str:
    """Why the words of a rule leave this text out; empty if they do not. Whole words, any case."""
    for word in block:
        if _holds(text, word):
            return f"It has the blocked word “{word}”."
    if keep and not any(_holds(text, word) for word in keep):
        return f"It has none of the words {', '.join(f'“{word}”' for word in keep)}."
    return ""


def not_for_the_public(status: str, scope: str, kind: str, **_facts: object) -> str:
    """Why a warning (CAP) is no message to people; empty if it is one."""
    if status != "Actual":
        said = NO_WARNINGS.get(status, "something else")
        return f"It is {said}, not a warning to people (status {status[:20]})."
    if scope != "Public":
        return f"It is not for the public (scope {scope[:20]})."
    if kind not in FOR_PEOPLE:
        return f"It is a message between warning systems ({kind[:20]})."
    return ""


def _holds(text: str, word: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE))


def wrong_template(template: str) -> str:
    """What is wrong with a template, in one sentence; empty if nothing is."""
    unknown = [place for place in _PLACE.findall(template) if place not in PLACES]
    if unknown:
        known = ", ".join(f"{{{place}}}" for place in PLACES)
        return f"The template has {{{unknown[0]}}}, which is unknown. Use {known}."
    if not _PLACE.search(template):
        return "The template names no part of the item. Use at least {title} or {link}."
    return ""


def render(template: str, *, title: str, summary: str, link: str, feed: str) -> str:
    """The template with its places filled; values are never read as templates."""
    values = {"title": title, "summary": summary, "link": link, "feed": feed}
    text = _PLACE.sub(lambda place: values[place[1]], template)
    return re.sub(r"[ \t]+(?=\n|$)", "", text).strip()


def free_at(released: Sequence[datetime], now: datetime, cap: int) -> datetime | None:
    """When the flood cap lets the next item out; None means now. `released` may be in any order."""
    recent = sorted(at for at in released if at > now - FLOOD_WINDOW)
    if not cap or len(recent) < cap:
        return None
    return recent[-cap] + FLOOD_WINDOW


def is_flood(new: int, waiting: int) -> bool:
    """Is this more than anybody meant to say, or than anybody could look at?"""
    return new + waiting > MOST_WAITING


def flooded(new: int, waiting: int) -> str:
    """What is said then."""
    before = f", with {waiting} waiting already" if waiting else ""
    return (
        f"It brought {new:,} new items at once{before}, so none of the new ones goes out and the "
        "feed is paused. Look at what it says, then let it go on."
    )


def too_old(
    arrived: datetime, settle: timedelta, now: datetime, expires: datetime | None = None
) -> bool:
    """Is it no longer news? A worker that was away must not bring last week's closure."""
    return now > news_until(arrived, settle, expires)


def news_until(arrived: datetime, settle: timedelta, expires: datetime | None = None) -> datetime:
    """A day after settling; a warning until it expires, and no longer than anybody should warn."""
    return min(expires, arrived + WARNS_FOR) if expires else arrived + settle + NEWS_FOR


def taken_away(published: datetime, listed: Sequence[datetime]) -> bool:
    """An item is missing from a feed: did its author remove it, or was it pushed out by newer ones?

    Removed when at least half of what is still listed is older; one pinned entry proves nothing.
    """
    older = sum(1 for at in listed if at < published)
    return older * 2 >= len(listed) > 0


def usual_gap(published: Sequence[datetime]) -> timedelta | None:
    """The median time between items; None with fewer than four of them."""
    ordered = sorted(published)
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(ordered)]
    return timedelta(seconds=median(gaps)) if len(gaps) >= 3 else None


def is_silent(last: datetime | None, gap: timedelta | None, now: datetime) -> bool:
    """Has the feed been quiet for over three times its usual gap (and over an hour)?"""
    if not last or not gap:
        return False
    return now - last > max(gap * SILENT_FACTOR, timedelta(hours=1))


def rule_digest(parts: Sequence[object]) -> str:
    """Names one exact version of a rule: change a word of it and the digest is another."""
    return sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()

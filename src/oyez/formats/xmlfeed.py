"""RSS and Atom to a Document. Runs only inside the limited child: feedparser can be made slow.

feedparser's own HTML cleaning and link resolving stay off: one of its expressions takes seconds on
500 bytes, and guids resolved against the feed's address would all change, and be sent again, when
it moves.
"""

from __future__ import annotations

import io
import re
from calendar import timegm
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import feedparser
from feedparser.api import SUPPORTED_VERSIONS

from oyez.formats import cap, words
from oyez.formats.contract import Document, Entry, NotAFeed
from oyez.formats.dates import correct_feedparser
from oyez.formats.gate import marks, pass_through
from oyez.formats.mending import mended

ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(?:rss|feed|rdf|channel)(?=[\s/>])", re.IGNORECASE)

_OTHER_XML = "This address gives XML that is not a feed: it has no RSS or Atom in it."
_HEADERS = {"content-type": "application/xml; charset=utf-8"}
_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
_ITEM = re.compile(r"<(/?)(?:[\w.-]+:)?(?:item|entry)(?=[\s/>])", re.IGNORECASE)
_BROKEN_OFF = "The feed breaks off before the end of its first item. Try again later."
_WHOSE_WARNING = "The feed is too broken to tell which item its warnings belong to."
_Alerts = Mapping[int, Sequence[Entry]]
_HTML_TYPES = {"text/html", "application/xhtml+xml"}
_PERIOD_MINUTES = {
    "hourly": 60,
    "daily": 1_440,
    "weekly": 10_080,
    "monthly": 43_200,
    "yearly": 525_600,
}


def read(text: str, url: str) -> Document:
    """Parse XML that holds a feed. Raises NotAFeed or TooHeavy in one sentence."""
    markup = pass_through(text)
    root = ROOT.search(markup)
    if not root:
        raise NotAFeed(_OTHER_XML)
    body, alerts = cap.taken_out(mended(markup[root.start() :]))
    parsed = feedparser.parse(
        io.BytesIO((_DECLARATION + body).encode()),
        response_headers=_HEADERS,
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    found = parsed["entries"]
    if alerts and len(found) <= max(alerts):
        raise NotAFeed(_WHOSE_WARNING)
    if parsed["bozo"] and found and _breaks_off(body):
        found = found[:-1]
    if parsed["bozo"] and not found and _ITEM.search(body):
        raise NotAFeed(_BROKEN_OFF)
    if not found and not parsed["version"]:
        raise NotAFeed(_OTHER_XML)
    return _document(parsed, found, url, alerts)


def _document(
    parsed: Mapping[str, Any], found: list[dict[str, Any]], url: str, alerts: _Alerts
) -> Document:
    feed: dict[str, Any] = parsed["feed"]
    language = words.language(_text(feed, "language"))
    each = (_entry(entry, url, language) for entry in found)
    entries = [one for n, entry in enumerate(each) for one in _warned(entry, alerts.get(n, ()))]
    updates = _updates(feed)
    return Document(
        title=_title(feed),
        entries=tuple(e for e in entries if e.guid or e.url or e.title or e.summary),
        format=_format(parsed["version"], entries),
        language=language,
        ttl_minutes=_ttl(feed, updates),
        home_url=_link(feed, url),
        hub_url=next((words.web_url(href, url) for href in _hrefs(feed, "hub")), ""),
        updates=updates,
    )


def _format(version: str, entries: Sequence[Entry]) -> str:
    known = SUPPORTED_VERSIONS.get(version, "") or "RSS (unknown version)"
    warns = any(entry.alert or entry.alert_url for entry in entries)
    return f"{known} with warnings (CAP)" if warns else known


def _warned(entry: Entry, alerts: Sequence[Entry]) -> Iterator[Entry]:
    """The entry; or, where a warning stands in it, what that says in each of its languages."""
    if not alerts:
        yield entry
    for number, alert in enumerate(alerts):
        guid = entry.guid or alert.guid
        yield replace(
            alert,
            guid=words.guid(f"{guid} {alert.language}") if number else guid,
            url=alert.url or entry.url,
        )


def _entry(entry: dict[str, Any], base: str, language: str) -> Entry:
    updated, alert = _moment(entry, "updated_parsed"), cap.flat(entry)
    spoken = words.language(_language(entry)) or language
    title = _title(entry)
    return Entry(
        guid=words.guid(_text(entry, "id")),
        url=_link(entry, base),
        title=cap.titled(title, alert.kind, spoken) if alert else title,
        summary=_summary(entry),
        published_at=_moment(entry, "published_parsed")
        or _moment(entry, "created_parsed")
        or updated,
        updated_at=updated,
        language=spoken,
        tags=words.tags(str(tag.get("term") or "") for tag in dict.get(entry, "tags") or ()),
        alert=alert,
        alert_url="" if alert else _alert_url(entry, base),
    )


def _alert_url(entry: dict[str, Any], base: str) -> str:
    """Of the links, the first that leads to a warning by its type."""
    links = dict.get(entry, "links") or ()
    typed = (str(one.get("href")) for one in links if cap.KIND.match(str(one.get("type") or "")))
    return next((url for href in typed if (url := words.web_url(href, base))), "")


def _title(of: dict[str, Any]) -> str:
    return words.title(_text(of, "title"), is_html=_is_html(dict.get(of, "title_detail")))


def _summary(entry: dict[str, Any]) -> str:
    """The summary, else the full content."""
    detail = dict.get(entry, "summary_detail")
    parts = [detail] if detail else []
    for part in [*parts, *(dict.get(entry, "content") or ())]:
        if plain := words.plain_text(str(part.get("value") or ""), is_html=_is_html(part)):
            return plain
    return words.plain_text(_text(entry, "summary"), is_html=True) if not detail else ""


def _is_html(detail: Any) -> bool:
    return bool(detail) and detail.get("type") in _HTML_TYPES


def _language(entry: dict[str, Any]) -> str:
    if own := _text(entry, "language"):
        return own
    details = (dict.get(entry, name) or {} for name in ("title_detail", "summary_detail"))
    return next((str(d["language"]) for d in details if d.get("language")), "")


def _link(of: dict[str, Any], base: str) -> str:
    """Its page. A guid that passes for a link (the default of RSS) must be a whole address."""
    link = _text(of, "link")
    if dict.get(of, "guidislink") and not link.startswith(("http://", "https://")):
        link = ""
    candidates = [link, *_hrefs(of, "alternate")]
    return next((url for one in candidates if (url := words.web_url(one, base))), "")


def _hrefs(of: dict[str, Any], rel: str) -> list[str]:
    links = dict.get(of, "links") or ()
    return [str(one["href"]) for one in links if one.get("rel") == rel and one.get("href")]


def _text(of: dict[str, Any], name: str) -> str:
    value = dict.get(of, name)
    return value.strip() if isinstance(value, str) else ""


def _moment(of: dict[str, Any], name: str) -> datetime | None:
    value = dict.get(of, name)
    try:
        return datetime.fromtimestamp(timegm(value), UTC) if isinstance(value, tuple) else None
    except (ValueError, OverflowError):
        return None


def _updates(feed: dict[str, Any]) -> str:
    period, times = _text(feed, "sy_updateperiod").lower(), _text(feed, "sy_updatefrequency")
    if period not in _PERIOD_MINUTES:
        return ""
    return (
        f"{period}/{int(times)}"
        if re.fullmatch("0*[1-9][0-9]{0,2}", times, re.ASCII) and int(times) > 1
        else period
    )


def _ttl(feed: dict[str, Any], updates: str) -> int | None:
    """RSS's own ttl, else what the syndication module's words come to."""
    said = _text(feed, "ttl")
    if re.fullmatch("[0-9]{1,6}", said, re.ASCII) and int(said):
        return int(said)
    period, _, times = updates.partition("/")
    return max(1, _PERIOD_MINUTES[period] // int(times or 1)) if updates else None


def _breaks_off(body: str) -> bool:
    """Does the text end inside an entry? Half an entry must not be sent as a whole one."""
    last = ""
    for mark in marks(body):
        if mark.kind in {"open", "close"} and _ITEM.match(body, mark.start):
            last = "close" if body.endswith("/>", mark.start, mark.end) else mark.kind
    return last == "open"


correct_feedparser()

"""What does this address give us? Fetching and parsing; one sentence for whatever goes wrong."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from oyez.channels.outside import client
from oyez.feeds.models import Feed
from oyez.feeds.warnings import Unread, with_warnings
from oyez.formats.contract import Document, NotAFeed, ReaderDown, TooHeavy
from oyez.formats.reading import read
from oyez.kit.fetch import Answer, Denied, FetchError, Request

log = logging.getLogger(__name__)

ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/json;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The outcome of asking a feed once: a document, "nothing new", or a problem in words."""

    document: Document | None = None
    unchanged: bool = False
    gone: bool = False
    problem: str = ""
    ours: bool = False  # the trouble is on our side, and does not count against the feed
    etag: str = ""
    last_modified: str = ""
    wait: timedelta | None = None  # how long the publisher asks us to wait


def read_address(url: str) -> Reading:
    """Ask an address for the first time."""
    try:
        return _first(_judge(url, client().ask("GET", url, headers={"Accept": ACCEPT}), None))
    except FetchError as error:
        return _failed(error)


def _first(found: Reading) -> Reading:
    """Nothing was known yet that could be unchanged."""
    if found.unchanged:
        return Reading(problem="The site says “not modified” (304) to a first visit. Try later.")
    return found


def read_addresses(urls: Iterable[str]) -> Iterator[tuple[str, Reading]]:
    """Ask many addresses for the first time, together; answers come as they arrive."""
    for request, answer in client().many(Request(url, {"Accept": ACCEPT}) for url in urls):
        if isinstance(answer, FetchError):
            yield request.url, _failed(answer)
        else:
            yield request.url, _first(_judged(request.url, answer, None))


def read_feeds(feeds: Iterable[Feed], now: datetime) -> Iterator[tuple[Feed, Reading]]:
    """Ask many feeds at once, each only for what is new; answers come as they arrive."""
    for request, answer in client().many(_request(feed) for feed in feeds):
        feed: Feed = request.mark
        if isinstance(answer, FetchError):
            yield feed, _failed(answer)
        else:
            yield feed, _judged(feed.url, answer, now)


def _judged(url: str, answer: Answer, now: datetime | None) -> Reading:
    try:
        return _judge(url, answer, now)
    except Exception:  # one hostile answer must not keep the other feeds from theirs
        log.exception("The answer of %s could not be judged.", url)
        return Reading(problem="Its answer made us stumble; the log has the detail.")


def _request(feed: Feed) -> Request:
    headers = {"Accept": ACCEPT}
    if feed.etag:
        headers["If-None-Match"] = feed.etag
    if feed.last_modified:
        headers["If-Modified-Since"] = feed.last_modified
    return Request(feed.url, headers, mark=feed)


def _failed(error: FetchError) -> Reading:
    hint = "" if isinstance(error, Denied) else " Check the address, then try again."
    return Reading(problem=f"{error}{hint}"[:500])


def _judge(url: str, answer: Answer, now: datetime | None) -> Reading:
    wait = _asked_to_wait(answer.headers, now)
    if answer.status == 304:
        return Reading(unchanged=True, wait=wait)
    if answer.status == 410:
        return Reading(gone=True, problem="The publisher took this feed down for good (410 Gone).")
    if answer.status != 200:
        return Reading(problem=_status_words(answer.status), wait=wait)
    kind = answer.headers.get("content-type", "")
    try:
        document = with_warnings(read(answer.body, content_type=kind, url=answer.url or url))
    except ReaderDown as error:
        log.error("Our reader of feeds is down: %s", error)
        return Reading(problem="We could not read it just now; trying again.", ours=True)
    except (NotAFeed, TooHeavy, Unread) as error:
        log.info("%s: %s %s", url, error, getattr(error, "__notes__", ""))
        return Reading(problem=str(error)[:500], wait=wait)
    return Reading(
        document=document,
        etag=answer.headers.get("etag", "")[:500],
        last_modified=answer.headers.get("last-modified", "")[:100],
        wait=wait,
    )


def _status_words(status: int) -> str:
    if status in {401, 403}:
        return f"The site does not let us read this feed ({status}). Ask its publisher."
    if status == 404:
        return "There is nothing at this address (404). Check the address."
    if status == 429:
        return "The site asks us to come back later (429)."
    return f"The site answered with an error ({status}). Wait a while and try again."


def _asked_to_wait(headers: Mapping[str, str], now: datetime | None) -> timedelta | None:
    """Retry-After (seconds or a date), else Cache-Control: max-age; RFC 9110 and 9111."""
    retry = headers.get("retry-after", "").strip()
    if retry.isdecimal():
        return _seconds(retry)
    if retry and now:
        try:
            return max(parsedate_to_datetime(retry) - now, timedelta(0))
        except (ValueError, TypeError):  # not a date after all
            return None
    for part in headers.get("cache-control", "").lower().split(","):
        name, _, seconds = part.strip().partition("=")
        if name == "max-age" and seconds.isdecimal():
            return min(_seconds(seconds), timedelta(hours=1))
    return None


def _seconds(digits: str) -> timedelta:
    """So many seconds; a number with more digits than sense is only a long time."""
    return timedelta(seconds=int(digits[:7]))

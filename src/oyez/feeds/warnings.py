"""What do the warnings say that a feed only points to? Each is fetched and read like a feed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from oyez.channels.outside import client
from oyez.formats.contract import Document, Entry, FormatError
from oyez.formats.reading import read
from oyez.kit.fetch import Answer, FetchError, Request

MOST = 200
GONE = {404, 410}
ACCEPT = "application/cap+xml, application/xml;q=0.8, text/xml;q=0.8"


class Unread(Exception):
    """A warning could not be read just now: nothing of the feed is taken until it can. One sentence
    that says so.
    """


def with_warnings(document: Document) -> Document:
    """The document with what its linked warnings say in place of the entries that point to them.

    A warning that its publisher has taken away takes its entry along. Raises Unread: half of the
    facts, such as a test without the word that it is one, must not go out.
    """
    urls = list(dict.fromkeys(entry.alert_url for entry in document.entries if entry.alert_url))
    if not urls:
        return document
    if len(urls) > MOST:
        raise Unread(f"It points to more than {MOST} warnings. Ask for a feed of your own area.")
    told = dict(_fetched(urls))
    entries = [one for entry in document.entries for one in _instead(entry, told)]
    return replace(document, entries=tuple(entries))


def _fetched(urls: Sequence[str]) -> Iterator[tuple[str, Sequence[Entry]]]:
    for request, answer in client().many(Request(url, {"Accept": ACCEPT}) for url in urls):
        yield request.url, _warning(request.url, answer)


def _warning(url: str, answer: Answer | FetchError) -> Sequence[Entry]:
    """What it says in each of its languages; nothing where it is gone."""
    if isinstance(answer, FetchError):
        raise Unread(f"A warning it points to cannot be fetched: {answer}")
    if answer.status in GONE:
        return ()
    if answer.status != 200:
        raise Unread(f"A warning it points to was answered with an error ({answer.status}).")
    kind = answer.headers.get("content-type", "")
    try:
        entries = read(answer.body, content_type=kind, url=answer.url or url).entries
    except FormatError as error:
        raise Unread(f"A warning it points to cannot be read. {error}") from error
    if not entries or not all(entry.alert for entry in entries):
        raise Unread("A warning it points to is none: there is something else at its address.")
    return entries


def _instead(entry: Entry, told: Mapping[str, Sequence[Entry]]) -> Iterator[Entry]:
    if not entry.alert_url:
        yield entry
        return
    for number, warning in enumerate(told[entry.alert_url]):
        guid = entry.guid or warning.guid
        url = entry.url if warning.url == entry.alert_url and entry.url else warning.url
        guid = f"{guid} {warning.language}" if number else guid
        yield replace(warning, guid=guid, url=url)

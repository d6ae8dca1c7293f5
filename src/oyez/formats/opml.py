"""OPML, in which readers of feeds hand over what they follow. Source: http://opml.org/spec2.opml

A list of subscriptions is `outline` tags and nothing else, so they are read off the gate's own
marks: there is no XML parser that a document could turn against us, and a list that breaks off, or
has a bare & in a name, still gives what it holds.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import quoteattr

from oyez.formats import words
from oyez.formats.contract import NotAFeed, Subscription, TooHeavy
from oyez.formats.gate import marks, pass_through

MOST = 2_000
LONGEST_NAME = 200
LONGEST_URL = 2_001  # one more than anybody can use, so that it is seen to be too long
_ROOT = re.compile(r"<opml(?=[\s/>])", re.IGNORECASE)
_OUTLINE = re.compile(r"</?outline(?=[\s/>])", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:.-]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")
_NO_LIST = "This file is not a list of feeds. Export one from your reader as OPML."
_EMPTY = "There is no feed in this list."


def read(text: str) -> tuple[Subscription, ...]:
    """Its feeds in order, each once, with its folders in front of its name. Raises NotAFeed or
    TooHeavy.
    """
    markup = pass_through(text)
    if not _ROOT.search(markup):
        raise NotAFeed(_NO_LIST)
    found = dict.fromkeys(_subscriptions(markup))
    if not found:
        raise NotAFeed(_EMPTY)
    return tuple(found)


def _subscriptions(markup: str) -> Iterator[Subscription]:
    folders: list[str] = []
    count = 0
    for mark in marks(markup):
        tag = markup[mark.start : mark.end]
        if not _OUTLINE.match(tag):
            continue
        if mark.kind == "close":
            del folders[-1:]
            continue
        told = _attributes(tag)
        url = words.folded(told.get("xmlurl", ""))[:LONGEST_URL]
        if url:
            count += 1
            yield Subscription(_name([*folders, _own(told) or url]), url)
        if count > MOST:
            raise TooHeavy(f"This list holds more than {MOST:,} feeds. Export a part at a time.")
        if not tag.endswith("/>"):
            folders.append("" if url else _own(told))


def _attributes(tag: str) -> dict[str, str]:
    found = _ATTRIBUTE.findall(tag)
    return {name.lower(): html.unescape(double or single) for name, double, single in found}


def _own(told: dict[str, str]) -> str:
    return words.folded(told.get("text") or told.get("title") or "")


def _name(parts: Iterable[str]) -> str:
    return words.shortened(" / ".join(part for part in parts if part), LONGEST_NAME)


def write(title: str, feeds: Iterable[Subscription]) -> str:
    """The list as a document that any reader takes."""
    lines = (
        f"    <outline type={_quoted('rss')} text={_quoted(feed.name)} xmlUrl={_quoted(feed.url)}/>"
        for feed in feeds
    )
    head = f"  <head><title>{html.escape(words.folded(title), quote=False)}</title></head>"
    whole = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">', head]
    return "\n".join([*whole, "  <body>", *lines, "  </body>", "</opml>", ""])


def _quoted(text: str) -> str:
    return quoteattr(words.folded(text), {'"': "&quot;"})

"""What does a limited child do with a feed, or a list of feeds? Parse it and pack what it says."""

from __future__ import annotations

from collections.abc import Mapping

from oyez.formats import opml
from oyez.formats.contract import NotAFeed
from oyez.formats.craft import Craft
from oyez.formats.decoding import decode
from oyez.formats.packing import pack, pack_list
from oyez.formats.parsing import parse

_FEED = (
    b"<rss version='2.0'><channel><item><title>%s</title><description>&lt;p></description>"
    b"<pubDate>Mon, 1 Jun 2026</pubDate></item></channel></rss>"
)
_SAMPLES = (
    _FEED % b"A",
    _FEED % b"&nbsp;",  # not well-formed: the way of feedparser's second, loose parser
    b'{"version": "https://jsonfeed.org/version/1.1", "items": []}',
)


def _answer(body: bytes, facts: Mapping[str, str]) -> bytes:
    if facts.get("task") == "list":
        return pack_list(opml.read(decode(body, "")))
    return pack(parse(body, facts["content_type"], facts["url"]))


def _warm() -> None:
    for sample in _SAMPLES:
        parse(sample, "", "http://localhost/")


CRAFT = Craft(
    answer=_answer,
    warm=_warm,
    too_much="Reading this document needs too much memory, which no real feed does.",
    broken=NotAFeed(
        "This document is too broken to be read as a feed. "
        "Its publisher can find the fault with a feed validator."
    ),
)

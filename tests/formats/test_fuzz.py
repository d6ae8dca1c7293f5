"""Do any bytes at all end as a Document, NotAFeed or TooHeavy, and never as anything else?"""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from oyez.formats.contract import Document, Limits, NotAFeed, TooHeavy
from oyez.formats.identity import fingerprint, identify
from oyez.formats.packing import pack, unpack
from oyez.formats.reading import read
from tests.formats.pages import ADDRESS

LIMITS = Limits(cpu_seconds=2, wall_seconds=4)
CALM = settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)

PIECES = some.sampled_from(
    [
        "<rss version='2.0'>",
        "<channel>",
        "<item>",
        "</item>",
        "</channel>",
        "</rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom'>",
        "<entry>",
        "</entry>",
        "</feed>",
        "<title>",
        "<title type='html'>",
        "<title type='xhtml'>",
        "</title>",
        "<link href='/a'/>",
        "<link>",
        "</link>",
        "<guid>",
        "</guid>",
        "<id>",
        "<pubDate>",
        "2026-06-01",
        "</pubDate>",
        "<category term='x'/>",
        "<category>",
        "</category>",
        "<description>",
        "</description>",
        "<content:encoded>",
        "<source url='x'>",
        "</source>",
        "<image>",
        "<textInput>",
        "<author>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "<?php",
        "?>",
        "<!DOCTYPE rss>",
        "&amp;",
        "&nbsp;",
        "&#55357;",
        "&#99999999;",
        "&#x",
        "&lt;b>",
        "<svg>",
        "</svg>",
        "<a:b xmlns:a='u'>",
        "xml:base='http://['",
        "<x xml:base='//['>",
        "<x xml:lang=''>",
        "<ttl>",
        "5",
        "</ttl>",
        "\x00",
        "\ud7ff",
        "é",
        "'",
        '"',
        '{"version":"https://jsonfeed.org/version/1","items":[',
        '{"id":',
        "1e999",
        '"\\ud800"',
        "]}",
        ",",
        "}",
    ]
)


def ends_well(body: bytes, content_type: str = "") -> None:
    try:
        feed = read(body, content_type=content_type, url=ADDRESS, limits=LIMITS)
    except (NotAFeed, TooHeavy) as refusal:
        assert str(refusal).endswith((".", "there."))
        return
    assert isinstance(feed, Document)
    assert unpack(pack(feed)) == feed
    assert len(identify(feed.entries, known_reused=False)) == len(feed.entries)
    assert all(fingerprint(entry) for entry in feed.entries)
    assert all(entry.url.startswith(("http://", "https://")) for entry in feed.entries if entry.url)


@CALM
@given(some.binary(max_size=400), some.text(max_size=40))
def test_any_bytes_end_well(body: bytes, content_type: str) -> None:
    ends_well(body, content_type)


@CALM
@given(some.lists(PIECES, max_size=40), some.sampled_from(["utf-8", "utf-16", "latin-1"]))
def test_any_heap_of_feed_pieces_ends_well(pieces: list[str], encoding: str) -> None:
    ends_well("".join(pieces).encode(encoding, "replace"))


@CALM
@given(some.lists(PIECES, max_size=30))
def test_any_broken_rss_ends_well(pieces: list[str]) -> None:
    ends_well(("<rss version='2.0'><channel><item>" + "".join(pieces)).encode())

"""Does every bomb end in a sentence, under the caps, with the reader as good as before?"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pytest

from oyez.formats import cradle
from oyez.formats.contract import Document, Limits, NotAFeed, TooHeavy
from oyez.formats.feed_craft import CRAFT
from oyez.formats.nursery import nursery
from oyez.formats.packing import unpack
from oyez.formats.reading import read
from tests.formats.pages import ADDRESS, an_item, an_rss, what_is_read

MB = 1024 * 1024


@pytest.fixture(autouse=True)
def the_next_good_document_is_read() -> Iterator[None]:
    what_is_read(an_rss())
    minder = nursery.pid
    yield
    assert what_is_read(an_rss(an_item(title="Still here"))).entries[0].title == "Still here"
    assert nursery.pid == minder


def a_billion_laughs(before: str = "") -> str:
    layers = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    entities = f'<!DOCTYPE rss [<!ENTITY l0 "ha">{layers}]>'
    return an_rss(title="&l9;", declaration=f'<?xml version="1.0"?>{before}{entities}')


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"]
)
def test_a_billion_laughs_are_refused_in_every_encoding(encoding: str) -> None:
    with pytest.raises(TooHeavy, match="declares entities"):
        what_is_read(a_billion_laughs().encode(encoding))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_billion_laughs_are_refused_behind_a_long_comment(encoding: str) -> None:
    with pytest.raises(TooHeavy, match="declares entities"):
        what_is_read(a_billion_laughs(before=f"<!--{'x' * 2 * MB}-->").encode(encoding))


@pytest.mark.parametrize("encoding", ["cp037", "utf-7"])
def test_a_billion_laughs_in_an_unsafe_encoding_are_refused(encoding: str) -> None:
    text = a_billion_laughs().replace('version="1.0"', f'version="1.0" encoding="{encoding}"')
    with pytest.raises(NotAFeed, match="cannot be read safely"):
        what_is_read(text.encode(encoding))


def test_an_external_entity_is_refused() -> None:
    door = '<!DOCTYPE rss [<!ENTITY own SYSTEM "file:///etc/hostname">]>'
    with pytest.raises(TooHeavy, match="declares entities"):
        what_is_read(an_rss(title="&own;", declaration=door))


def test_entities_declared_inside_the_feed_are_refused() -> None:
    with pytest.raises(TooHeavy, match="declares entities"):
        what_is_read(an_rss('<!ENTITY a "b">'))


def test_an_article_about_entities_is_no_bomb() -> None:
    article = an_item(description='<![CDATA[Write <!ENTITY a "b"> or <!DOCTYPE x [ ]> ...]]>')
    assert "Write" in what_is_read(an_rss(article)).entries[0].summary


SHAPES: dict[str, tuple[Callable[[], str], str]] = {
    "nested tags": (lambda: an_rss("<a>" * 200_000 + "</a>" * 200_000), "more than 256 deep"),
    "open tags": (lambda: an_rss("<item>" * 5_000), "more than 256 deep"),
    "attributes": (
        lambda: an_rss("<a " + " ".join(f'a{n}="1"' for n in range(100_000)) + "/>"),
        "more than 1,000 attributes",
    ),
    "namespaces on one tag": (
        lambda: an_rss("<a " + " ".join(f'xmlns:n{n}="u{n}"' for n in range(50_000)) + "/>"),
        "more than 1,000 attributes",
    ),
    "namespaces on many tags": (
        lambda: an_rss("".join(f'<n{n}:a xmlns:n{n}="u{n}"/>' for n in range(50_000))),
        "more than 500 namespaces",
    ),
    "entries": (lambda: an_rss("<item/>" * 1_000_000), "more than 10,000 entries"),
    "JSON lists": (lambda: "[" * 100_000, "more than 256 deep"),
    "JSON objects": (lambda: '{"a":' * 100_000 + "1" + "}" * 100_000, "more than 256 deep"),
    "spaces": (lambda: " " * 100 * MB, "larger than 10 MB"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_monstrous_shape_is_refused_at_once(shape: str) -> None:
    make, sentence = SHAPES[shape]
    document = make().encode()
    began = time.monotonic()
    with pytest.raises(TooHeavy, match=sentence):
        what_is_read(document)
    assert time.monotonic() - began < 2


def test_ten_megabytes_of_spaces_are_an_empty_document() -> None:
    with pytest.raises(NotAFeed, match="an empty document"):
        what_is_read(b" " * 10 * MB)


def test_a_number_of_a_million_digits_is_only_a_long_name() -> None:
    told = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": %s}]}' % ("9" * MB)
    assert len(what_is_read(told).entries[0].guid) < 100


def test_small_feeds_that_make_the_parser_s_own_cleaning_slow_are_quick_here() -> None:
    style = "&lt;p style=&quot;" + "'a' " * 110 + "{&quot;>Hello"
    document = an_rss(an_item(description=style))
    assert len(document) < 700
    began = time.monotonic()
    assert what_is_read(document).entries[0].summary == "Hello"
    assert time.monotonic() - began < 1


SLOW = an_rss(an_item(author="a" * 200_000))  # quadratic in feedparser's search for an address


def reading_slowly(limits: Limits) -> Document:
    return read(SLOW.encode(), content_type="", url=ADDRESS, limits=limits)


def test_a_slow_document_is_given_up_at_the_cap_of_the_house() -> None:
    began = time.monotonic()
    with pytest.raises(TooHeavy, match="too much time or memory"):
        what_is_read(SLOW)
    assert time.monotonic() - began < 12  # on a busy machine the wall limit comes first


def test_processor_time_is_capped() -> None:
    with pytest.raises(TooHeavy, match="too much time or memory"):
        reading_slowly(Limits(cpu_seconds=1, wall_seconds=60))


def test_time_on_the_clock_is_capped() -> None:
    began = time.monotonic()
    with pytest.raises(TooHeavy, match="too much time or memory"):
        reading_slowly(Limits(cpu_seconds=60, wall_seconds=0.3))
    assert time.monotonic() - began < 5


def test_memory_is_capped() -> None:
    large = an_rss("".join(an_item(title=f"n{n}", description="word " * 100) for n in range(9_000)))
    assert len(what_is_read(large).entries) == 9_000
    with pytest.raises(TooHeavy, match="too much"):
        read(large.encode(), content_type="", url=ADDRESS, limits=Limits(memory_bytes=64 * MB))


@pytest.mark.parametrize("out_of_memory", [MemoryError, RecursionError, SystemError])
def test_however_a_parser_says_that_it_has_no_room_it_is_told_as_too_much(
    out_of_memory: type[Exception],
) -> None:
    """C code without memory sometimes ends in a SystemError; the feed is not broken for that."""

    def overflows(body: bytes, facts: Mapping[str, str]) -> bytes:
        raise out_of_memory

    with pytest.raises(TooHeavy, match="too much memory"):
        unpack(cradle._answer(replace(CRAFT, answer=overflows), b"", {}))

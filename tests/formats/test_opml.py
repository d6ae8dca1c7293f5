"""Is a list of feeds from another reader read whole, or refused in a sentence?"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from oyez.formats.contract import NotAFeed, Subscription, TooHeavy
from oyez.formats.opml import MOST, write
from oyez.formats.reading import read_list
from oyez.formats.words import folded

CORPUS = Path(__file__).parent.parent / "outside" / "corpus" / "opml"
FOLDERS = (CORPUS / "folders.opml").read_bytes()


def a_list(inside: str, before: str = "") -> bytes:
    return f'{before}<opml version="2.0"><body>{inside}</body></opml>'.encode()


def test_a_list_gives_its_feeds_with_their_folders_in_front() -> None:
    assert read_list(FOLDERS) == (
        Subscription("Council / Libraries / New books", "https://a.example/books.xml"),
        Subscription("Council / Roads & bridges", "https://a.example/roads?x=1&y=2"),
        Subscription("Weather", "feed://w.example/rss"),
    )


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_a_list_is_read_in_any_encoding(encoding: str) -> None:
    assert read_list(FOLDERS.decode().encode(encoding)) == read_list(FOLDERS)


def test_a_list_that_is_a_little_broken_is_read_all_the_same() -> None:
    broken = a_list('<outline text="Bins & parks" xmlUrl="https://a.example/1">')[:-14]
    assert read_list(broken) == (Subscription("Bins & parks", "https://a.example/1"),)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "not a list of feeds"),
        (b"%PDF-1.7", "not a list of feeds"),
        (b"<rss><channel/></rss>", "not a list of feeds"),
        (a_list("<outline text='Only a note'/>"), "no feed in this list"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(NotAFeed, match=sentence):
        read_list(content)


ONE = '<outline xmlUrl="https://a.example/{0}" text="a"/>'
BOMBS = {
    "entities": a_list(ONE.format(1), '<!DOCTYPE o [<!ENTITY a "aaaa">]>'),
    "entities in UTF-16": a_list(ONE.format(1), '<!DOCTYPE o [<!ENTITY a "a">]>')
    .decode()
    .encode("utf-16"),
    "entities behind a long comment": a_list(
        "", f'<!--{"x" * 1_000_000}--><!DOCTYPE o [<!ENTITY a "a">]>'
    ),
    "folders": a_list("<outline text='a'>" * 100_000),
    "attributes": a_list("<outline " + "a='1' " * 100_000 + "/>"),
    "feeds": a_list("".join(ONE.format(n) for n in range(MOST + 1))),
    "size": b"<opml>" + b" " * 2 * 1024 * 1024,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused(bomb: str) -> None:
    with pytest.raises(TooHeavy):
        read_list(BOMBS[bomb])


NAMES = some.text(some.characters(codec="utf-8"), max_size=60).map(folded)


@settings(max_examples=60)
@given(some.lists(some.tuples(NAMES, some.integers(0, 10**6)), min_size=1, max_size=5))
def test_what_we_write_we_read_again(told: list[tuple[str, int]]) -> None:
    given_ = [Subscription(name, f'https://a.example/{n}?a="<b>&') for name, n in told]
    back = read_list(write("Feeds <of> Oyez", given_).encode())
    assert back == tuple(
        dict.fromkeys(Subscription(one.name or one.url, one.url) for one in given_)
    )

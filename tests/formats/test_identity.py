"""Is the same entry known again, a new one new, and a corrected one an update?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from oyez.formats.contract import Entry
from oyez.formats.identity import LONGEST, fingerprint, identify, reuses_guids


def an_entry(guid: str = "", url: str = "", title: str = "Title", summary: str = "Words") -> Entry:
    return Entry(guid=guid, url=url, title=title, summary=summary)


def test_the_guid_comes_first_then_the_url() -> None:
    entries = [an_entry(guid="g1", url="https://a.example/1"), an_entry(url="https://a.example/2")]
    assert identify(entries, known_reused=False) == ["g1", "https://a.example/2"]


def test_without_guid_and_url_the_words_decide() -> None:
    same, also, other = identify(
        [an_entry(), an_entry(), an_entry(summary="Other words")], known_reused=False
    )
    assert same == also != other


def test_title_and_summary_cannot_be_shifted_into_each_other() -> None:
    one, two = identify(
        [an_entry(title="ab", summary="c"), an_entry(title="a", summary="bc")], False
    )
    assert one != two


def test_a_guid_on_different_urls_is_told_apart_by_url() -> None:
    entries = [an_entry("g", "https://a.example/1"), an_entry("g", "https://a.example/2")]
    assert identify(entries, known_reused=False) == [
        "g|https://a.example/1",
        "g|https://a.example/2",
    ]
    assert reuses_guids(entries)


def test_a_feed_known_for_it_is_told_apart_even_when_this_document_is_innocent() -> None:
    assert identify([an_entry("g", "https://a.example/1")], known_reused=True) == [
        "g|https://a.example/1"
    ]
    assert identify([an_entry("g")], known_reused=True) == ["g"]


def test_the_same_entry_twice_is_no_reuse() -> None:
    entries = [an_entry("g", "http://a.example/1"), an_entry("g", "https://a.example/1")]
    assert not reuses_guids(entries)
    assert identify(entries, known_reused=False) == ["g", "g"]


def test_a_move_to_https_makes_nothing_new() -> None:
    before = [an_entry(url="http://a.example/1"), an_entry(guid="http://a.example/?p=2")]
    after = [an_entry(url="https://a.example/1"), an_entry(guid="https://a.example/?p=2")]
    assert identify(before, known_reused=False) == identify(after, known_reused=False)
    assert fingerprint(before[0]) == fingerprint(after[0])


def test_an_identity_always_fits_an_index() -> None:
    long, longer = identify([an_entry("g" * 2_000), an_entry("g" * 2_001)], known_reused=False)
    assert long != longer
    assert max(len(long), len(longer)) <= LONGEST


def test_a_changed_word_is_an_update_and_a_touched_date_is_not() -> None:
    entry = an_entry("g", "https://a.example/1")
    touched = replace(entry, updated_at=datetime(2026, 6, 1, tzinfo=UTC), tags=("new",))
    corrected = replace(entry, summary="Words, corrected")
    assert fingerprint(touched) == fingerprint(entry) != fingerprint(corrected)
    assert identify([corrected], False) == identify([entry], False)

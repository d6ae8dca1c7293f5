"""Does each format give the same plain facts?"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from oyez.formats.contract import Document
from oyez.formats.reading import read

CORPUS = Path(__file__).parent / "corpus"


def a_reading_of(name: str) -> Document:
    return read((CORPUS / name).read_bytes(), content_type="", url="https://served.example/feeds/1")


def test_rss_2_gives_its_channel() -> None:
    feed = a_reading_of("council_rss20.xml")
    assert feed.format == "RSS 2.0"
    assert feed.title == "Marlow Vale Council: news & notices"
    assert feed.home_url == "https://www.marlowvale.example/news"
    assert feed.hub_url == "https://hub.example/"
    assert (feed.language, feed.ttl_minutes) == ("en-GB", 45)


def test_rss_2_gives_an_item_in_plain_words() -> None:
    entry = a_reading_of("council_rss20.xml").entries[0]
    assert entry.guid == "mvc-1041"
    assert entry.url == "https://served.example/news/bridge-street?from=feed&page=1"
    assert entry.title == "Bridge Street closed until Friday"
    assert entry.summary == "The bridge is closed. Use Mill Lane & the ford."
    assert entry.published_at == datetime(2026, 6, 2, 8, 30, tzinfo=UTC)
    assert entry.tags == ("Roads", "Travel")


def test_rss_2_takes_the_link_from_a_guid_and_the_words_from_the_content() -> None:
    entry = a_reading_of("council_rss20.xml").entries[1]
    assert entry.guid == entry.url == "https://www.marlowvale.example/news/licences"
    assert entry.title == "Café licences: what’s new"
    assert entry.summary == "Only the full text is given here."


def test_british_summer_time_is_an_hour_before_utc() -> None:
    entry = a_reading_of("council_rss20.xml").entries[1]
    assert entry.published_at == datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


def test_rss_1_gives_its_items_and_how_often_it_changes() -> None:
    feed = a_reading_of("library_rss10.xml")
    entry = feed.entries[0]
    assert (feed.format, feed.updates, feed.ttl_minutes) == ("RSS 1.0", "daily/2", 720)
    assert (entry.guid, entry.url) == ("urn:event:77", "https://library.example/events/77")
    assert entry.published_at == datetime(2026, 6, 3, 14, 0, tzinfo=UTC)
    assert entry.language == "cy"


def test_rss_091_may_name_its_old_document_type() -> None:
    feed = a_reading_of("parish_rss091.xml")
    assert feed.format.startswith("RSS 0.91")
    assert [entry.title for entry in feed.entries] == ["Fete on Saturday", ""]
    assert feed.entries[1].summary == "A notice without a title."
    assert feed.entries[0].published_at is None


def test_atom_1_resolves_links_against_each_base_and_never_the_ids() -> None:
    feed = a_reading_of("water_atom10.xml")
    first, second = feed.entries
    assert feed.home_url == "https://water.example/alerts/"
    assert first.url == "https://water.example/alerts/june/9.html"
    assert first.guid == "tag:water.example,2026:a/9"
    assert second.url == "https://water.example/8.pdf"


def test_atom_1_keeps_signs_that_only_look_like_markup() -> None:
    feed = a_reading_of("water_atom10.xml")
    assert feed.title == "L’eau & vous"
    assert feed.entries[0].title == "Débit < 5 m³/s & en baisse"
    assert feed.entries[0].summary == "Arrosage interdit"
    assert feed.entries[1].summary == "One Two"


def test_atom_1_tells_languages_and_both_dates() -> None:
    first, second = a_reading_of("water_atom10.xml").entries
    assert (first.language, second.language) == ("fr", "en-GB")
    assert first.published_at == datetime(2026, 6, 4, 7, 0, tzinfo=UTC)
    assert first.updated_at == datetime(2026, 6, 4, 8, 15, tzinfo=UTC)
    assert second.published_at == second.updated_at


def test_atom_03_is_still_read() -> None:
    feed = a_reading_of("museum_atom03.xml")
    assert feed.format == "Atom 0.3"
    assert feed.entries[0].summary == "Open until nine."
    assert feed.entries[0].published_at == datetime(2026, 5, 30, 11, 0, tzinfo=UTC)


def test_json_feed_11_gives_the_same_facts() -> None:
    feed = a_reading_of("police.json")
    first, second = feed.entries
    assert (feed.format, feed.hub_url) == ("JSON Feed 1.1", "https://hub.example/")
    assert feed.title == "Valley Police: AT&T Street appeal"
    assert (first.guid, first.url) == ("7001", "https://served.example/appeals/7001")
    assert (first.summary, first.tags) == ("Did you see anything?", ("appeal", "3"))
    assert first.published_at == datetime(2026, 6, 5, 6, 0, tzinfo=UTC)
    assert (second.url, second.language) == ("https://press.example/n2", "cy")
    assert second.summary == "No title; 5 < 6 & so on."


def test_json_feed_10_prefers_the_summary() -> None:
    feed = a_reading_of("police_10.json")
    assert (feed.format, feed.entries[0].summary) == ("JSON Feed 1", "Short")

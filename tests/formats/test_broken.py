"""Do broken feeds, and things that are no feeds, end in sense or in one clear sentence?"""

from __future__ import annotations

import pytest

from oyez.formats.contract import NotAFeed
from tests.formats.pages import ADDRESS, an_item, an_rss, title_read, what_is_read


def test_an_entry_may_have_nothing_but_a_description() -> None:
    entry = what_is_read(an_rss(an_item(description="Only words"))).entries[0]
    assert (entry.guid, entry.url, entry.title, entry.summary) == ("", "", "", "Only words")
    assert entry.published_at is None


def test_an_empty_entry_is_left_out() -> None:
    assert what_is_read(an_rss("<item/><item></item>")).entries == ()


def test_a_guid_that_is_no_address_gives_no_link_and_stays_as_written() -> None:
    entry = what_is_read(an_rss(an_item(guid="12345"))).entries[0]
    assert (entry.guid, entry.url) == ("12345", "")


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "mailto:a@b.example", "file:///etc", "//["]
)
def test_only_web_links_are_kept(link: str) -> None:
    assert what_is_read(an_rss(an_item(title="A", link=link))).entries[0].url == ""


def test_a_relative_link_is_resolved_against_the_address_of_the_feed() -> None:
    entry = what_is_read(an_rss(an_item(title="A", link="../news/1"))).entries[0]
    assert entry.url == "https://served.example/news/1"


@pytest.mark.parametrize("date", ["yesterday", "99 Foo 2026", "2026-13-45", "0000-00-00", "9" * 40])
def test_a_date_that_is_none_is_no_date(date: str) -> None:
    assert what_is_read(an_rss(an_item(title="A", pubDate=date))).entries[0].published_at is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Parks &amp; Gardens", "Parks & Gardens"),
        ("Parks & Gardens", "Parks & Gardens"),
        ("Parks &amp;amp; Gardens", "Parks & Gardens"),
        ("Council&amp;#8217;s plan", "Council’s plan"),
        ("Council&rsquo;s plan", "Council’s plan"),
        ("<![CDATA[Caf&eacute; &amp; bar]]>", "Café & bar"),
        ("&lt;b&gt;Bold&lt;/b&gt; news", "Bold news"),
        ("Under &lt;5s swim free", "Under <5s swim free"),
        ("  over\n two\tlines ", "over two lines"),
        ("Fun &#55357;&#56832; day", "Fun 😀 day"),
        ("Fun &#xD83D;&#xDE00; day", "Fun 😀 day"),
        ("Bell &#7; and &#0; nothing", "Bell � and � nothing"),
        ("Bell \x07 rings", "Bell rings"),
    ],
)
def test_a_title_comes_out_as_a_reader_expects(written: str, read: str) -> None:
    assert title_read(written) == read


def test_scripts_and_styles_are_removed_with_their_contents() -> None:
    words = "&lt;style>p{}&lt;/style>&lt;p onclick='x()'>Hello&lt;/p>&lt;script>x()&lt;/script>"
    assert what_is_read(an_rss(an_item(description=words))).entries[0].summary == "Hello"


def test_the_entries_before_a_break_are_kept_and_half_an_entry_is_not() -> None:
    whole = an_rss(an_item(title="One") + an_item(title="Two") + an_item(title="Three"))
    feed = what_is_read(whole[: whole.index("Three") + 3])
    assert [entry.title for entry in feed.entries] == ["One", "Two"]


def test_words_before_and_after_the_feed_do_no_harm() -> None:
    stray = "<br />\n<b>Warning</b>: a plug-in failed\n"
    feed = what_is_read(
        stray + an_rss(an_item(title="One"), declaration="<?xml version='1.0'?>") + stray
    )
    assert [entry.title for entry in feed.entries] == ["One"]


def test_a_log_line_in_brackets_before_the_feed_does_no_harm() -> None:
    feed = what_is_read("[12-Jun-2026] PHP Notice: cache\n" + an_rss(an_item(title="One")))
    assert [entry.title for entry in feed.entries] == ["One"]


def test_a_web_page_pasted_into_an_entry_does_no_harm() -> None:
    page = "<!DOCTYPE html><![if IE]><p>Hello<![endif]></p>"
    feed = what_is_read(an_rss(an_item(description=page) + an_item(title="Two")))
    assert feed.entries[0].summary == "Hello"
    assert feed.entries[1].title == "Two"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_every_unicode_encoding_is_read_with_or_without_its_mark(encoding: str) -> None:
    text = an_rss(an_item(title="Caffè – 5 €"), declaration='<?xml version="1.0"?>')
    assert what_is_read(text.encode(encoding)).entries[0].title == "Caffè – 5 €"


@pytest.mark.parametrize(
    "encoding", ["iso-8859-1", "windows-1252", "koi8-r", "shift_jis", "iso-2022-jp"]
)
def test_a_declared_encoding_is_believed(encoding: str) -> None:
    title = {"koi8-r": "Новости", "shift_jis": "お知らせ", "iso-2022-jp": "お知らせ"}.get(
        encoding, "Café"
    )
    text = an_rss(an_item(title=title), declaration=f'<?xml version="1.0" encoding="{encoding}"?>')
    assert what_is_read(text.encode(encoding)).entries[0].title == title


def test_latin_1_that_calls_itself_utf_8_is_read() -> None:
    text = an_rss(an_item(title="Café"), declaration='<?xml version="1.0" encoding="utf-8"?>')
    assert what_is_read(text.encode("latin-1")).entries[0].title == "Café"


def test_one_windows_byte_does_not_spoil_a_utf_8_feed() -> None:
    body = an_rss(an_item(title="Café QUOTEnew")).encode().replace(b"QUOTE", b"\x92")
    assert what_is_read(body).entries[0].title == "Café ’new"


def test_utf_8_that_is_served_as_latin_1_is_read() -> None:
    feed = what_is_read(an_rss(an_item(title="Café")), "text/xml; charset=iso-8859-1")
    assert feed.entries[0].title == "Café"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "an empty document"),
        (b" \r\n\xef\xbb\xbf", "an empty document"),
        (b"\xff\xfe", "an empty document"),
        (
            b"<!doctype html><html><body><rss></rss></body></html>",
            "a web page, not a feed. Look for",
        ),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'><head/></html>", "a web page, not a feed"),
        (b"<p>Not found</p>", "a web page, not a feed"),
        (b"<?xml version='1.0'?><urlset><url/></urlset>", "XML that is not a feed"),
        (b'{"items": []}', "not a JSON Feed"),
        (b'[{"version": "https://jsonfeed.org/version/1"}]', "not a JSON Feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": [{"id"', "breaks off"),
        (b"%PDF-1.7 \xe2\xe3\xcf\xd3", "something else (text), not a feed"),
        ("<?xml version='1.0'?><rss/>".encode("cp037"), "encoding “EBCDIC”"),
        (b"<?xml version='1.0' encoding='utf-7'?><rss/>", "encoding “utf-7”"),
        (b"<?xml version='1.0' encoding='klingon'?><rss>\xff</rss>", "encoding “klingon”"),
    ],
)
def test_what_is_no_feed_is_named(body: bytes, sentence: str) -> None:
    with pytest.raises(NotAFeed) as refusal:
        what_is_read(body)
    assert sentence in str(refusal.value)
    assert ADDRESS not in str(refusal.value)


def test_a_file_is_named_by_its_type() -> None:
    with pytest.raises(NotAFeed, match=r"something else \(application/pdf\), not a feed"):
        what_is_read(b"%PDF-1.7", "application/pdf; charset=binary")

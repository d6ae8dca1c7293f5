"""Does a message fit, and is it shortened without harm?"""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oyez.kit import text as words
from oyez.networks.contract import Limits, Measure, Message, Refused
from oyez.networks.fit import fit, shorten

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
LINK = "https://example.gov.uk/news/1"


def limits(most=60, count=words.graphemes, unit="characters", **more) -> Limits:
    return Limits((Measure(most, count, unit),), **more)


BLUE = Limits((Measure(40, words.graphemes, "characters"), Measure(90, words.utf8_bytes, "bytes")))
TOOTS = limits(40, words.mastodon_length)


def test_a_message_that_fits_has_no_problem():
    assert fit(Message(f"Roads open {LINK}", AT, link=LINK), limits(), "Bluesky") == []


def test_too_long_says_the_limit_the_network_and_the_length():
    assert fit(Message("x" * 315, AT), limits(300), "Bluesky") == [
        "Message must be 300 characters or fewer for Bluesky. It is 315"
    ]


def test_each_broken_measure_is_told():
    problems = fit(Message("👩‍👩‍👧‍👦" * 41, AT), BLUE, "Bluesky")
    assert [problem.split(" for ")[0] for problem in problems] == [
        "Message must be 40 characters or fewer",
        "Message must be 90 bytes or fewer",
    ]


@pytest.mark.parametrize("empty", ["", " \r\n", "\u200b\u2060"])
def test_nothing_to_read_is_a_problem(empty):
    assert "nothing to read" in fit(Message(empty, AT), limits(), "Mastodon")[0]


def test_only_emoji_or_right_to_left_is_a_message_like_any_other():
    assert fit(Message("🙂", AT), limits(), "Mastodon") == []
    assert fit(Message("مرحبا بالعالم", AT), limits(), "Mastodon") == []


def test_a_lost_link_and_a_missing_title_are_problems():
    demanding = limits(needs=frozenset({"title"}))
    problems = fit(Message("Roads open", AT, link=LINK), demanding, "Video")
    assert problems == [
        "The message for Video must hold its whole link. It does not",
        "Enter a title for Video",
    ]


def test_text_that_fits_is_left_as_it_is_and_gets_its_link():
    assert shorten("Roads open.\r\n\r\nAll of them.", "", limits()) == "Roads open.\n\nAll of them."
    assert shorten(f"Read {LINK} now", LINK, limits()) == f"Read {LINK} now"
    assert shorten("Roads open", LINK, limits()) == f"Roads open {LINK}"


def test_it_is_cut_after_a_sentence_that_keeps_half():
    text = "The bridge is open. Please drive with care because of the works"
    assert shorten(text, LINK, limits(58)) == f"The bridge is open. {LINK}"


def test_else_it_is_cut_after_a_word_with_an_ellipsis():
    text = "Yes. The bridge is open from today for everybody"
    assert shorten(text, LINK, limits(58)) == f"Yes. The bridge is open… {LINK}"


def test_languages_without_spaces_are_cut_between_characters():
    assert shorten("橋は今日から" * 9, "", limits(20)) == ("橋は今日から" * 9)[:19] + "…"
    assert shorten("橋は開通した。" + "今日から" * 9, "", limits(12)) == "橋は開通した。"


def test_a_link_at_the_end_keeps_the_line_it_had():
    text = f"The bridge is open to everybody again\n\n{LINK}"
    assert shorten(text, LINK, limits(50)) == f"The bridge is open…\n\n{LINK}"


def test_a_link_in_the_middle_is_moved_to_the_end_when_words_have_to_go():
    text = f"The bridge {LINK} is open from today for everybody"
    assert shorten(text, LINK, limits(50)) == f"The bridge is open… {LINK}"


def test_another_address_in_the_text_is_dropped_rather_than_cut():
    text = "See https://example.org/a/very/long/address/that/goes/on/and/on for more"
    assert shorten(text, "", limits(30)) == "See…"


def test_a_link_that_never_fits_is_refused_in_words():
    with pytest.raises(Refused, match="The link alone is 71 characters and 60 is the most"):
        shorten("Roads open", "https://example.gov.uk/" + "x" * 48, limits(60))


def test_a_link_that_begins_like_ours_is_not_ours():
    longer = LINK + "0"
    assert shorten(f"Read {longer}", LINK, limits(90)) == f"Read {longer} {LINK}"


PIECES = st.sampled_from(
    [
        *("Roads open. ", "word ", "#tag ", "@me@host.uk ", "!", " ", "\r\n"),
        *("👩‍👩‍👧‍👦", "🇬🇧", "e\u0301", "\u0600", "\u200b", "日本語。", "مرحبا ", "«Ça?» "),
        "https://a.uk/" + "y" * 30 + " ",
    ]
)
ODD = ["https://a.uk/wow!", "https://a.uk/(x).", "https://a.uk/“x” y", "mailto:clerk@a.uk"]
LINKS = st.sampled_from(["", LINK, *ODD])
MEASURED = st.sampled_from([BLUE, TOOTS])
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=200)


@given(TEXTS, LINKS, MEASURED)
def test_whatever_comes_out_keeps_every_measure_and_the_whole_link(text, link, measured):
    short = shorten(text, link, measured)
    assert all(measure.count(short) <= measure.limit for measure in measured.text)
    assert not link or words.holds(short, link)


@given(TEXTS, MEASURED)
def test_no_character_and_no_address_is_ever_cut(text, measured):
    whole = words.newlines(text).strip()
    kept = shorten(text, "", measured)
    if kept != whole:
        kept = kept if whole.startswith(kept) else kept.removesuffix("…")
        assert whole.startswith(kept)
        assert len(kept) in {0, *words.borders(whole)}
        assert not any(span.start < len(kept) < span.end for span in words.links(whole))

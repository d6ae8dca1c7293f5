"""Do we count and find as the networks do?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oyez.kit import text

FAMILY = "👩‍👩‍👧‍👦"


def test_a_family_of_four_is_one_character_and_twenty_five_bytes():
    assert text.graphemes(FAMILY) == 1
    assert text.utf8_bytes(FAMILY) == 25


def test_a_lone_surrogate_is_counted_instead_of_raising():
    assert text.utf8_bytes("\ud800") == 3


def test_an_address_counts_twenty_three_however_long_it_is():
    assert text.mastodon_length("See https://example.org/" + "a" * 400) == 4 + 23
    assert text.mastodon_length("http://a.uk") == 23
    assert text.mastodon_length("See https://example.org/x", per_link=40) == 44


def test_the_full_stop_after_an_address_counts_by_itself():
    assert text.mastodon_length("https://example.org/a.") == 24
    assert text.mastodon_length("(https://example.org/a_(b))") == 25


def test_an_address_ends_where_the_server_says_it_ends():
    assert text.mastodon_length("https://example.org/日本") == 25


def test_a_remote_mention_counts_its_user_part_only():
    assert text.mastodon_length("@clerk@social.example.gov.uk, hello") == len("@clerk, hello")


def test_a_mention_inside_an_address_is_part_of_the_address():
    assert text.mastodon_length("https://a.example/@clerk@b.example") == 23


def test_browsers_newlines_become_one_sign_each():
    assert text.newlines("a\r\nb\rc\nd") == "a\nb\nc\nd"


def test_only_spaces_and_zero_width_signs_are_nothing_to_read():
    assert not text.visible(" \n\u200b\u2060\ufeff\u3164\u2800\u00ad")
    assert text.visible("\u200b🙂")
    assert text.visible("مرحبا")


def test_links_leave_the_punctuation_behind_and_keep_paired_brackets():
    found = text.links("See https://a.uk/x, (http://b.uk/y_(z)) and “https://c.uk/?q=1&r=2”.")
    assert [span.text for span in found] == [
        "https://a.uk/x",
        "http://b.uk/y_(z)",
        "https://c.uk/?q=1&r=2",
    ]


def test_a_known_link_is_found_to_its_last_sign():
    assert text.links("Go to https://a.uk/wow! now", "https://a.uk/wow!")[0].text.endswith("!")


def test_a_known_link_may_hold_signs_that_end_others():
    odd = "https://a.uk/“x” y"
    assert [span.text for span in text.links(f"See {odd}.", odd)] == [odd]


def test_a_link_is_not_held_by_a_longer_one():
    assert text.holds("https://a.uk/1.", "https://a.uk/1")
    assert not text.holds("https://a.uk/10", "https://a.uk/1")


def test_hashtags_need_a_letter_and_live_outside_addresses():
    found = text.hashtags("#Bins (#week_2) #2026 a#b https://a.uk/#top #日本")
    assert [span.text for span in found] == ["#Bins", "#week_2", "#日本"]


@given(st.text())
def test_spans_say_where_they_stand(words):
    for span in (*text.links(words), *text.hashtags(words)):
        assert words[span.start : span.end] == span.text


@given(st.text())
def test_borders_end_with_the_text_and_count_its_characters(words):
    assert len(text.borders(words)) == text.graphemes(words)
    assert text.borders(words)[-1:] == ([len(words)] if words else [])


@pytest.mark.parametrize(
    ("hidden", "shown"),
    [
        ("pay\u200bments", "pay⟨U+200B⟩ments"),
        ("\u202egpj.exe", "⟨U+202E⟩gpj.exe"),
        ("\u2066safe\u2069", "⟨U+2066⟩safe⟨U+2069⟩"),
        ("soft\u00adhyphen", "soft⟨U+00AD⟩hyphen"),
        ("\ufeffstart", "⟨U+FEFF⟩start"),
        ("bell\x07 \x1b[31m\x85", "bell⟨U+0007⟩ ⟨U+001B⟩[31m⟨U+0085⟩"),
        ("line\u2028two", "line⟨U+2028⟩two"),
        ("a\U000e0041\U000e0042", "a⟨U+E0041⟩⟨U+E0042⟩"),  # words that only programs read
        ("a\ufe0f 1\ufe0f", "a⟨U+FE0F⟩ 1⟨U+FE0F⟩"),
        ("in\u200dvisible", "in⟨U+200D⟩visible"),
        ("\ue000\ud800", "⟨U+E000⟩⟨U+D800⟩"),
        ("one\rtwo", "one⟨U+000D⟩two"),
    ],
)
def test_hidden_characters_are_written_out(hidden, shown):
    assert text.reveal(hidden) == shown


@pytest.mark.parametrize(
    "plain",
    [
        "Ffôn: 01234 – “Mae’r heol ar gau”\n\tdau",
        "👨‍👩‍👧‍👦 ❤️ 🏳️‍🌈 👩🏽‍🚒 1️⃣ ©️",
        "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",  # Wales
        "می‌خواهم क्‍ष",
        "two\u00a0words",
        "⟨U+200B⟩",
    ],
)
def test_what_belongs_there_stays_as_it_is(plain):
    assert text.reveal(plain) == plain


def test_a_quotation_in_a_quotation_has_single_marks():
    assert text.quotable("“My grandson’s web”: 900 learn") == "‘My grandson’s web’: 900 learn"


@given(st.text())
def test_what_is_revealed_hides_nothing_more(words):
    assert text.reveal(text.reveal(words)) == text.reveal(words)

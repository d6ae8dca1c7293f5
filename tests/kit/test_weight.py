"""Do we weigh as X does, and does nobody wait for it who weighs nothing?"""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from twitter_text import parse_tweet

from oyez.kit.text import newlines
from oyez.kit.weight import weighted_length

SOURCE = Path(__file__).resolve().parents[2] / "src"
FAMILY = "👩‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("words", "weight"),
    [
        ("", 0),
        ("A bridge, opened — “today”…", 28),  # the ellipsis is beyond the signs that weigh one
        ("e\u0301", 1),  # as the one sign it is
        ("日本語", 6),
        ("한국어", 6),
        ("Привет", 6),
        ("https://example.gov.uk/" + "a" * 300 + "?b=c#d", 23),
        ("http://a.uk", 23),
        ("example.gov.uk/bins", 23),
        ("https://example.org, and https://example.com.", 23 + 6 + 23 + 1),
        ("clerk@example.gov.uk", 20),  # no address of a page
        ("version 1.2 of it.Or not", 24),
        ("@council@example.org #Bins", 26),
        ("🙂", 2),
        (FAMILY, 2),
        ("👩🏽‍🚒", 2),
        ("🇬🇧🇬🇧", 4),
        ("3️⃣", 2),
        ("a\r\nb\r\n\r\nc", 6),
        ("\ud800", 2),
    ],
)
def test_x_weighs_signs_addresses_and_emoji(words, weight):
    assert weighted_length(words) == weight


def _of(*pieces):
    return st.lists(st.sampled_from(pieces), max_size=30).map("".join)


PLAIN = ("word ", "日本 ", FAMILY, "a.uk", "https://a.uk/b ", ". ", "\n", " ", "@", "#", "/")


@given(_of(*PLAIN))
def test_word_by_word_weighs_what_the_whole_does(words):
    assert weighted_length(words) == parse_tweet(newlines(words)).weightedLength


@given(_of(*PLAIN, "é") | st.text(max_size=60))
@example("word éa.uk")
def test_word_by_word_never_weighs_less(words):
    """The package reads “éa.uk” as one address within a text, and at its very beginning as “é” and
    an address: word by word it is always at the beginning.
    """
    assert weighted_length(words) >= parse_tweet(newlines(words)).weightedLength


@pytest.mark.parametrize("hostile", ["a." * 20_000, "日." * 9_000, "https://" + "1." * 9_000])
def test_a_word_of_dots_is_weighed_in_no_time(hostile):
    began = time.process_time()
    assert weighted_length(hostile) >= len(hostile)
    assert time.process_time() - began < 2


def test_a_long_address_with_many_dots_in_its_path_weighs_no_less_than_it_does_there():
    assert weighted_length("https://a.uk/" + "b." * 30 + "c") >= 23


def test_no_command_loads_all_emoji_first(tmp_path):
    loading = [sys.executable, "-X", "importtime", "-m", "oyez", "--help"]
    surroundings = {"PYTHONPATH": str(SOURCE), "OYEZ_DATA": str(tmp_path)}
    done = subprocess.run(loading, env=surroundings, capture_output=True, text=True, check=True)
    assert "oyez.kit.text\n" in done.stderr
    assert "twitter_text" not in done.stderr

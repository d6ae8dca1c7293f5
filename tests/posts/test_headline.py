"""What a message is called in a list, and what then stands below its heading."""

from __future__ import annotations

import pytest

from oyez.posts.rules import HEADLINE, below, headline


def test_the_first_line_that_says_anything_is_the_headline():
    assert headline("\n  \n Road closed \nUntil Monday.") == "Road closed"


def test_a_long_line_is_cut_so_that_it_fits_a_list():
    cut = headline("word " * 100)
    assert len(cut) <= HEADLINE
    assert cut.endswith("word…")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Road closed\n\nUntil Monday.", "Until Monday."),
        ("Road closed", ""),
        ("The A388 is shut.", "The A388 is shut."),
    ],
)
def test_the_headline_is_not_said_twice(text, rest):
    assert below("Road closed", text, "") == rest


def test_a_link_in_the_headline_stands_below_it_where_it_can_be_followed():
    said = "Closed: https://a.example/1"
    assert below(said, said, "https://a.example/1") == "https://a.example/1"
    assert below("Closed:", said, "https://a.example/1") == "https://a.example/1"

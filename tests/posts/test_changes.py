"""What changed between two texts, for people to read."""

from __future__ import annotations

import pytest

from oyez.posts.rules import changes

LONG = "\n".join(f"Line {number} of a long notice." for number in range(3000))


def told(before: str, after: str) -> str:
    signs = {"same": "{}", "in": "[+{}]", "out": "[-{}]"}
    return "".join(signs[one.kind].format(one.text) for one in changes(before, after))


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("The bridge is open.", "The bridge is closed.", "The bridge is [-open][+closed]."),
        ("Open now", "Open", "Open[- now]"),
        ("", "New", "[+New]"),
        ("Same", "Same", "Same"),
        ("one two", "three four", "[-one two][+three four]"),
        ("the council’s bins", "the council’s bin", "the council’s [-bins][+bin]"),
        ("A 🌉", "A 🚧", "A [-🌉][+🚧]"),
        ("from 18:00.", "from 19:30.", "from [-18:00][+19:30]."),
        (
            "See https://a.example/1",
            "See https://a.example/2",
            "See [-https://a.example/1][+https://a.example/2]",
        ),
    ],
)
def test_changes_are_told_in_whole_words(before: str, after: str, says: str) -> None:
    assert told(before, after) == says


@pytest.mark.parametrize(
    ("before", "after"),
    [("a b\nc", "a\nb  c"), ("", ""), ("x" * 40, "x y " * 9), (LONG, LONG.replace("7", "8"))],
)
def test_nothing_is_lost_or_made_up(before: str, after: str) -> None:
    found = changes(before, after)
    assert "".join(one.text for one in found if one.kind != "in") == before
    assert "".join(one.text for one in found if one.kind != "out") == after


def test_two_long_texts_are_compared_without_keeping_anybody_waiting() -> None:
    found = changes(LONG, LONG.replace("Line 1500 ", "Line fifteen hundred "))
    assert [one.text for one in found if one.kind == "in"] == [
        "Line fifteen hundred of a long notice.\n"
    ]

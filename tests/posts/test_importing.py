"""A table of messages: each line becomes a draft or says in words what is wrong with it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oyez.posts import importing
from oyez.posts.importing import Line, Unreadable

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
CHANNELS = {"council news": 1, "library": 2}
HEADING = "text,channels,date,time"


def read(table: str | bytes) -> list[Line]:
    content = table if isinstance(table, bytes) else table.encode()
    return importing.read(content, channels=CHANNELS, zone="Europe/London", now=NOW)


def one(line: str, heading: str = HEADING) -> Line:
    (found,) = read(f"{heading}\n{line}\n")
    return found


def test_a_good_line_is_a_draft() -> None:
    line = one("The fair opens,Council news; library,2027-05-06,09:30")
    assert line.draft
    assert (line.number, line.problems) == (2, ())
    draft = line.draft
    assert (draft.text, draft.to, draft.wall) == ("The fair opens", (1, 2), "2027-05-06T09:30")
    assert draft.zone == "Europe/London"


def test_columns_stand_in_any_order_and_a_link_is_found_in_the_text() -> None:
    line = one("Library,Open. https://council.example/x,cy", "Channels,TEXT,language")
    assert line.draft
    assert (line.draft.link, line.draft.language) == ("https://council.example/x", "cy")
    assert line.draft.wall == ""


@pytest.mark.parametrize("day", ["2027-05-06", "06/05/2027", "6 May 2027"])
def test_a_day_as_people_write_it(day: str) -> None:
    line = one(f"Fair,Library,{day},9:30")
    assert line.draft
    assert line.draft.wall == "2027-05-06T09:30"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (",Library,,", "The message is empty."),
        ("\u200b,Library,,", "There are hidden characters: ⟨U+200B⟩. Remove them."),
        ("Fair\u202e,Library,,", "There are hidden characters: ⟨U+202E⟩. Remove them."),
        ("Fair,,,", "Say where it goes: name a channel."),
        ("Fair,Libary,,", "There is no channel “Libary”."),
        ("Fair,Library,2027-02-30,09:30", "“2027-02-30” is not a day."),
        ("Fair,Library,05/06/27,09:30", "“05/06/27” is not a day."),
        ("Fair,Library,2027-05-06,9.30am", "“9.30am” is not a time of day."),
        ("Fair,Library,2027-05-06,25:00", "“25:00” is not a time of day."),
        ("Fair,Library,2027-05-06,", "Give a time too"),
        ("Fair,Library,,09:30", "Give a date too"),
        ("Fair,Library,2026-11-24,11:59", "has passed"),
        ("Fair,Library,2030-05-06,09:30", "over two years away"),
        ("Fair,Library,2027-03-28,01:30", "The clocks skip 01:30"),
        ("Fair,Library,2027-10-31,01:30", "Write “01:30 first” or “01:30 second”."),
        ("Fair,Library,,,,and more", "It has more cells than the heading."),
        ('"=HYPERLINK(""http://x"")",Library,,', "The text is a formula."),
        ("=1+1,Library,,", "The text is a formula."),
        ("+1+1,Library,,", "The text is a formula."),
        ("-2+3|cmd,Library,,", "The text is a formula."),
        ("@SUM(A1),Library,,", "The text is a formula."),
    ],
)
def test_what_is_wrong_is_said_and_makes_no_draft(line: str, says: str) -> None:
    found = one(line)
    assert found.draft is None
    assert says in " ".join(found.problems)


@pytest.mark.parametrize(
    "text",
    [
        "@library has news",
        "- milk and bread",
        "+44 20 7946 0000 is our line",
        "'=) Smile",
        "-5 tonight: wrap up",
    ],
)
def test_what_only_looks_like_a_formula_is_words(text: str) -> None:
    line = one(f"{text},Library,,")
    assert line.draft
    assert line.draft.text == text.removeprefix("'")


def test_the_second_of_two_like_hours() -> None:
    line = one("Fair,Library,2027-10-31,01:30 second")
    assert line.draft
    assert line.draft.fold == 1


def test_every_problem_of_a_line_is_said_at_once() -> None:
    assert len(one(",Nowhere,never,never").problems) == 3


def test_a_line_twice_is_one_message() -> None:
    first, second, other = read(f"{HEADING}\nFair,Library,,\nFair,Library,,\nFair,Council news,,")
    assert first.draft
    assert second.problems == ("It is the same as line 2.",)
    assert other.draft


def test_numbers_are_those_of_the_file_also_after_a_cell_of_several_lines() -> None:
    first, second = read(f'{HEADING}\n"One\n\ntwo",Library,,\n\nFair,Nowhere,,\n')
    assert (first.number, second.number) == (2, 6)
    assert first.draft
    assert first.draft.text == "One\n\ntwo"


@pytest.mark.parametrize(
    "table",
    [
        f"\ufeff{HEADING}\nCafé,Library,,".encode(),
        f"{HEADING}\nCafé,Library,,".encode("cp1252"),
        f"{HEADING}\nCafé,Library,,".replace(",", ";").encode(),
        f"{HEADING}\r\nCafé,Library,,\r\n".replace(",", "\t").encode(),
    ],
    ids=["byte order mark", "Windows letters", "semicolons", "tabs"],
)
def test_tables_as_spreadsheets_write_them(table: bytes) -> None:
    (line,) = read(table)
    assert line.draft
    assert line.draft.text == "Café"


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("", "“text” is missing"),
        ("Fair,Library\n", "“text” is missing"),
        ("text,channels,colour\nFair,Library,red", "There is no column “colour”."),
        ("text,channels,text\n", "is there twice"),
        (f"{HEADING}\n,,,\n", "There is no message below the heading."),
        (f'{HEADING}\n"Fair,Library,,\n', "Line 2 cannot be read."),
        (b"PK\x03\x04\x00\x00", "This is not a CSV file."),
        (HEADING + "\nFair,Library,," * 501, "There are more than 500 lines."),
        (b"x" * 1_000_001, "The file is over 1 MB."),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_as_a_whole(table: str | bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read(table)


@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(lambda t: f"{HEADING}\n{t}".encode(errors="replace"))
)
def test_whatever_the_file_is_there_are_lines_or_one_sentence(content: bytes) -> None:
    try:
        for line in read(content):
            assert (line.draft is None) == bool(line.problems)
    except Unreadable as why:
        assert str(why).endswith((".", "”."))


@pytest.mark.parametrize(
    ("cell", "column", "says"),
    [
        (
            "https://council.example/\u202egnp",
            "link",
            "hidden characters in the link: ⟨U+202E⟩.",
        ),
        ("Fair\u200b", "title", "hidden characters in the title: ⟨U+200B⟩."),
        ("council.example", "link", "The link is not a web address."),
        ("javascript:alert(1)", "link", "The link is not a web address."),
        ("https://ada:secret@council.example/", "link", "The link is not a web address."),
    ],
)
def test_what_a_link_and_a_title_may_not_be(cell: str, column: str, says: str) -> None:
    found = one(f"Fair,Library,{cell}", f"text,channels,{column}")
    assert found.draft is None
    assert says in " ".join(found.problems)

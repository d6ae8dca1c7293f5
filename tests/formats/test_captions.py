"""Are captions read from both formats, written as one, and is what is wrong said with its line?"""

from __future__ import annotations

import pytest

from oyez.formats.captions import MOST_BYTES, Cue, read, webvtt, words
from oyez.formats.contract import Unfit

SRT = """1
00:00:01,000 --> 00:00:03,500
The bridge
is open.

2
00:01:00,000 --> 00:01:02,000
Thank you.
""".replace("\n", "\r\n")
VTT = """WEBVTT - made by a program
Kind: captions

STYLE
::cue { background: url(https://tracker.example/) }

NOTE by Sam Carter

intro
00:01.000 --> 00:03.500 align:start line:0
<v Mayor>The <i>bridge</i> &amp; road

00:00:04.000 --> 01:00:05.000
are <b>open
"""


def test_subrip_is_read() -> None:
    first, second = read(SRT.encode())
    assert first == Cue(1.0, 3.5, "The bridge\nis open.")
    assert (second.begins, second.text) == (60.0, "Thank you.")


def test_webvtt_is_read_without_styles_notes_and_names() -> None:
    first, second = read(VTT.encode())
    assert first == Cue(1.0, 3.5, "<v Mayor>The <i>bridge</i> &amp; road")
    assert second == Cue(4.0, 3605.0, "are <b>open</b>")


def test_what_is_written_is_webvtt_and_reads_the_same() -> None:
    written = webvtt(read(VTT.encode()))
    assert written.startswith(b"WEBVTT\n\n00:00:01.000 --> 00:00:03.500\n")
    assert b"tracker" not in written
    assert b"Carter" not in written
    assert read(written) == read(VTT.encode())


def test_the_words_alone_begin_a_transcript() -> None:
    assert words(read(VTT.encode())) == "Mayor: The bridge & road\nare open"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_umlauts_and_welsh_survive_each_encoding(encoding: str) -> None:
    assert (
        read("1\n00:00:01,000 --> 00:00:02,000\nTŷ ar dân\n".encode(encoding))[0].text
        == "Tŷ ar dân"
    )


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("<script>alert(1)</script>", "alert(1)"),
        ("<img src=x onerror=alert(1)>", ""),
        ("<c.loud>Fire</c>", "Fire"),
        ("one <00:00:01.500>two", "one two"),
        ("</i>odd <b>tags</i>", "odd <b>tags</b>"),
        ("a < b > c & d", "a &lt; b &gt; c &amp; d"),
        ("<v.loud Sam>Hello", "<v Sam>Hello"),
        ('{"json": 1}', '{"json": 1}'),
    ],
)
def test_only_our_few_tags_stay(text: str, kept: str) -> None:
    content = f"1\n00:00:01,000 --> 00:00:02,000\n{text}\n.\n".encode()
    assert read(content)[0].text == "\n".join(part for part in (kept, ".") if part)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no captions in this file"),
        (b"WEBVTT\n\n", "no captions in this file"),
        (b"Dear Sam,\n\nthe film is nice.", "Line 1"),
        (b"1\n00:00:01,000 --> 00:00:aa\nHello\n", "line 2"),
        (b"1\n00:00:01 --> 00:00:02\nHello\n", "line 2"),
        (b"1\n00:99:01,000 --> 01:00:02,000\nHello\n", "line 2"),
        (b"1\n00:00:05,000 --> 00:00:02,000\nHello\n", "ends before it begins"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nHi\n2\n00:00:03,000 --> 00:00:04,000\nX\n", "Line 5"),
        (b"1\n00:00:09,000 --> 00:00:10,000\nB\n\n2\n00:00:01,000 --> 00:00:02,000\nA\n", "order"),
        ("1\n00:00:01,000 --> 00:00:02,000\nÜber\n".encode("latin-1"), "UTF-8"),
        (b"\0\0\0\x18ftypmp42", "no text"),
        (b"x" * (MOST_BYTES + 1), "larger than 1 MB"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(content: bytes, says: str) -> None:
    with pytest.raises(Unfit, match=says):
        read(content)


def test_a_flood_of_captions_is_refused() -> None:
    cue = b"00:00:01,000 --> 00:00:02,000\nX\n\n"
    with pytest.raises(Unfit, match="20,000"):
        read(cue * 20_001)

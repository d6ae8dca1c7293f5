"""Does a warning (CAP) say the same here as where it came from, alone and inside a feed?"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from oyez.formats.contract import Alert, NotAFeed, TooHeavy
from oyez.formats.packing import pack, unpack
from tests.formats.pages import ADDRESS, an_item, an_rss, what_is_read

FLOOD = (Path(__file__).parent.parent / "outside/corpus/cap/flood.xml").read_text()
BARE = FLOOD[FLOOD.index("<alert") :]
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"{}><title>Warnings</title>{}</feed>'


def on_the_day(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 28, hour, minute, tzinfo=UTC)


def changed(**parts: str) -> str:
    """The flood with other words in these elements of the alert itself."""
    text = FLOOD
    for name, value in parts.items():
        begin, end = text.index(f"<{name}>") + len(name) + 2, text.index(f"</{name}>")
        text = text[:begin] + value + text[end:]
    return text


def test_a_warning_is_a_feed_of_its_languages() -> None:
    document = what_is_read(FLOOD, "application/cap+xml")
    assert (document.format, document.title) == ("CAP 1.2", "River Agency")
    assert [entry.language for entry in document.entries] == ["en-GB", "cy"]
    english, welsh = document.entries
    assert (english.title, welsh.title) == ("Flooding of the Tamar", "Llifogydd ar afon Tamar")
    assert english.summary == "The river is over its banks. Move upstairs."
    assert english.url == "https://rivers.example/tamar"
    assert welsh.url == ADDRESS
    assert english.guid == "floods@rivers.example,TAMAR-7,2026-11-28T09:00:00-00:00"
    assert welsh.guid == f"{english.guid} cy"
    assert unpack(pack(document)) == document


def test_of_several_blocks_in_one_language_the_gravest_speaks_for_all_areas() -> None:
    alert = what_is_read(FLOOD).entries[0].alert
    assert alert == Alert(
        identifier="TAMAR-7",
        status="Actual",
        kind="Alert",
        scope="Public",
        event="Flood",
        urgency="Immediate",
        severity="Severe",
        certainty="Observed",
        area="Looe quay; Tamar valley",
        effective=on_the_day(9, 30),
        expires=on_the_day(21),
    )


@pytest.mark.parametrize(
    ("kind", "english", "welsh"),
    [("Cancel", "Cancelled: ", "Wedi’i ganslo: "), ("Update", "Update: ", "Diweddariad: ")],
)
def test_what_takes_the_place_of_a_warning_says_so(kind: str, english: str, welsh: str) -> None:
    told = changed(msgType=kind, scope="Public</scope><references>a@b,TAMAR-6,2026-11-27T09:00:00Z "
                   "a@b,TAMAR-5,2026-11-26T09:00:00Z</references><scope>Public")  # fmt: skip
    first, second = what_is_read(told).entries
    assert first.title == f"{english}Flooding of the Tamar"
    assert second.title == f"{welsh}Llifogydd ar afon Tamar"
    assert first.alert
    assert first.alert.references == ("TAMAR-6", "TAMAR-5")


def test_a_title_that_says_so_itself_is_left_alone() -> None:
    told = changed(msgType="Cancel").replace("Flooding of the Tamar", "CANCELLED: Tamar flood")
    assert what_is_read(told).entries[0].title == "CANCELLED: Tamar flood"


def test_a_cancellation_may_have_no_block_at_all() -> None:
    told = changed(msgType="Cancel")
    told = told[: told.index("<info>")] + "<note>It is over</note></alert>"
    (entry,) = what_is_read(told).entries
    assert (entry.title, entry.summary) == ("Cancelled: It is over", "It is over")


@pytest.mark.parametrize("part", ["identifier", "sender", "sent", "status", "msgType", "scope"])
def test_a_warning_that_does_not_say_what_it_must_is_refused(part: str) -> None:
    with pytest.raises(NotAFeed, match=part):
        what_is_read(changed(**{part: ""}))


@pytest.mark.parametrize("cut", [200, 400, 900, len(FLOOD) - 3])
def test_a_warning_that_breaks_off_is_refused(cut: int) -> None:
    with pytest.raises(NotAFeed):
        what_is_read(FLOOD[:cut])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_entities_in_a_warning_are_refused(encoding: str) -> None:
    bomb = '<!DOCTYPE alert [<!ENTITY a "aaaaaaaa">]>' + BARE.replace("Flood<", "&a;<")
    with pytest.raises(TooHeavy):
        what_is_read(bomb.encode(encoding))


EMBEDDED = {
    "with its own namespace": ("", BARE),
    "by a prefix of the feed": (
        ' xmlns:cap="urn:oasis:names:tc:emergency:cap:1.2"',
        BARE.replace(' xmlns="urn:oasis:names:tc:emergency:cap:1.2"', "")
        .replace("</", "\0")
        .replace("<", "<cap:")
        .replace("\0", "</cap:"),
    ),
}


@pytest.mark.parametrize("how", EMBEDDED)
def test_a_warning_inside_a_feed_speaks_for_its_entry(how: str) -> None:
    spaces, alert = EMBEDDED[how]
    plain = "<entry><id>p</id><title>News</title><summary>Plain</summary></entry>"
    warned = (
        "<entry><id>w</id><title>Flood</title><link href='https://a.example/w'/>"
        f"<content type='application/cap+xml'>{alert}</content></entry>"
    )
    document = what_is_read(ATOM.format(spaces, plain + warned + plain.replace("p<", "q<")))
    assert document.format == "Atom 1.0 with warnings (CAP)"
    told = [(entry.guid, entry.title, entry.alert is not None) for entry in document.entries]
    assert told == [
        ("p", "News", False),
        ("w", "Flooding of the Tamar", True),
        ("w cy", "Llifogydd ar afon Tamar", True),
        ("q", "News", False),
    ]


def test_an_entry_may_carry_the_facts_itself() -> None:
    flat = (
        "<entry><id>1</id><title>Wind</title><cap:event>Wind</cap:event>"
        "<cap:status>Test</cap:status><cap:msgType>Cancel</cap:msgType>"
        "<cap:severity>Severe</cap:severity><cap:areaDesc>Looe</cap:areaDesc>"
        "<cap:expires>2026-11-28T21:00:00+00:00</cap:expires></entry>"
    )
    spaces = ' xmlns:cap="urn:oasis:names:tc:emergency:cap:1.1"'
    (entry,) = what_is_read(ATOM.format(spaces, flat)).entries
    assert entry.title == "Cancelled: Wind"
    assert entry.alert is not None
    assert (entry.alert.status, entry.alert.severity) == ("Test", "Severe")
    assert (entry.alert.area, entry.alert.expires) == ("Looe", on_the_day(21))


def test_an_entry_may_point_to_its_warning() -> None:
    link = '<link rel="enclosure" type="application/cap+xml" href="/w/7.xml"/>'
    (entry,) = what_is_read(ATOM.format("", f"<entry><id>1</id>{link}</entry>")).entries
    assert entry.alert_url == "https://served.example/w/7.xml"
    assert what_is_read(an_rss(an_item(title="a"))).entries[0].alert_url == ""

"""What leaves the house was meant, allowed and approved word for word: walked in a real browser,
carried by a real worker, and asked of the servers where it went.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from oyez.channels import queries as channels
from oyez.kit import clock
from oyez.people.models import Person
from oyez.people.rules import APPROVER
from tests.acceptance.desk import Desk, Said, asks_for_two, someone, until
from tests.formats.gallery import a_picture, with_everything
from tests.journeys.conftest import PHONE, WIDE
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.django_db, pytest.mark.server, pytest.mark.journey]

ALT = "The river stands a metre below the deck of the stone bridge"


@pytest.fixture
def _django_db_helper(desk: Desk) -> None:
    """The house goes on between the tests, so its database does too."""


@pytest.fixture(scope="module")
def asha(desk: Desk) -> Person:
    return someone("Asha Patel")


@pytest.fixture(scope="module")
def ben(desk: Desk) -> Person:
    """Somebody else, whom every channel asks."""
    asks_for_two(*channels.writable())
    return someone("Ben Hughes", APPROVER)


def test_it_goes_at_its_minute_as_approved_and_what_was_edited_since_stays(
    desk: Desk, asha: Person, ben: Person
) -> None:
    mark, other = secrets.token_hex(4), secrets.token_hex(4)
    text, own = f"The ferry runs. ({mark})", f"Ferry: it runs. ({mark})"
    writer, approver = desk.comes(asha, WIDE), desk.comes(ben, WIDE)
    writer.opens("/write").picks("Practice").writes("Message", f"{text} https://bit.ly/ferry")
    writer.sees("bit.ly hides where the link leads").writes("Message", text)
    writer.does_not_see("bit.ly").unfolds("Use different words")
    writer.writes("Words for Village (Bluesky)", own).unfolds("Pictures and films")
    writer.brings("Add a picture", "ferry.jpg", with_everything()).presses("Send")
    writer.sees("There is a problem", "Add alt text to ferry.jpg").photographs("desk-mend")
    writer.writes("Describe ferry.jpg", ALT).writes("Who took ferry.jpg, or who owns it", "Jo Reed")
    at = the_minute(after=timedelta(seconds=20))
    sends(writer, at)
    approves(approver, text, own, ALT)

    edited = writes(writer, f"The lift is open. ({other})", at)
    approves(approver, f"The lift is open. ({other})")
    writer.opens(edited).presses("Take it back to change it")
    writer.writes("Message", f"The lift is shut. ({other})").presses("Send")
    writer.sees("Sent for approval.", "It waits for approval.")
    assert clock.now() < at, "Walked too slowly to see it wait."

    while clock.now() < at:
        seen = desk.shows(mark)
        assert clock.now() >= at or not any(seen.values()), "It left before its time."
    until(lambda: all(desk.shows(mark).values()), seconds=(at - clock.now()).seconds + 60)
    assert desk.shows(mark) == everywhere(text, own)
    (toot,) = [one for one in desk.mastodon.statuses() if mark in one["content"]]
    assert at <= datetime.fromisoformat(toot["created_at"]) < at + timedelta(minutes=1)
    assert desk.sent(mark) == 2
    writer.opens("/messages").follows(text).sees("Town has it", "Village has it", "Practice has it")
    assert writer.target_of("See it on Town") == toot["url"]

    assert not any(desk.shows(other).values())
    assert desk.sent(other) == 0
    writer.opens(edited).sees("It waits for approval.", "Nothing goes out before")
    approver.opens("/approve").sees("Asks you").follows(f"The lift is shut. ({other})")
    approver.sees("What changed since the version before", "No answer yet.")


def test_on_a_phone_without_javascript_it_is_written_mended_approved_and_there(
    desk: Desk, asha: Person, ben: Person
) -> None:
    mark = secrets.token_hex(4)
    text, own = f"The bridge is shut. ({mark})", f"Shut: the bridge. ({mark})"
    writer = desk.comes(asha, PHONE).opens("/write")
    writer.picks("Practice").writes("Message", text)
    writer.unfolds("Use different words").writes("Words for Village (Bluesky)", own)
    writer.unfolds("Pictures and films").brings("Add a picture", "bridge.jpg", a_picture())
    writer.presses("Send").sees("There is a problem", "Add alt text to bridge.jpg")
    writer.photographs("desk-mend")
    writer.writes("Describe bridge.jpg", ALT).presses("Send").sees("Who owns bridge.jpg?")
    writer.writes("Who took bridge.jpg, or who owns it", "Our own").presses("Send")
    writer.sees("Sent for approval.")
    approves(desk.comes(ben, PHONE), text, own, ALT)
    until(lambda: all(desk.shows(mark).values()))
    assert desk.shows(mark) == everywhere(text, own)
    assert desk.sent(mark) == 2


def the_minute(*, after: timedelta) -> datetime:
    """The first full minute that is at least so far away."""
    whole = (clock.now() + after).replace(second=0, microsecond=0)
    return whole + timedelta(minutes=1)


def writes(writer: Walker, text: str, at: datetime) -> str:
    """Where the message is that they wrote for this time."""
    writer.opens("/write").picks("Practice").writes("Message", text)
    return sends(writer, at)


def sends(writer: Walker, at: datetime) -> str:
    """Hand in what stands on the page, for this time."""
    wall = at.astimezone(ZoneInfo("Europe/London"))
    writer.picks("At a set time").writes("Day (optional)", f"{wall:%Y-%m-%d}")
    writer.writes("Time (optional)", f"{wall:%H:%M}").presses("Send").sees("Sent for approval.")
    return writer.page.url


def approves(approver: Walker, text: str, *shown: str) -> None:
    """Somebody else reads exactly this, and says yes."""
    approver.opens("/approve").follows(text).sees(text, *shown)
    approver.presses("Approve").sees("Approved “")


def everywhere(text: str, own: str) -> dict[str, list[Said]]:
    """Once on each network: Village in its own words, the picture with its alt text."""
    said = {"Town": text, "Village": own, "Practice": text}
    return {name: [Said(words, (ALT,))] for name, words in said.items()}

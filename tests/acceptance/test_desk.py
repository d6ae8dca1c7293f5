"""What leaves the house was meant, allowed and approved word for word: walked in a real browser,
carried by a real worker, and asked of the servers where it went.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from oyez.channels import queries as channels
from oyez.channels.actions import describe
from oyez.channels.models import Channel
from oyez.decisions import actions as decisions
from oyez.decisions import queries
from oyez.decisions.models import Review
from oyez.feeds import actions as feeds
from oyez.kit import clock
from oyez.partners import actions as partners
from oyez.partners.rules.figures import Said as Figure
from oyez.people.models import Person
from oyez.people.rules import APPROVER, MONITORING_OFFICER, READER
from oyez.posts import actions as posts
from oyez.posts.draft import Draft
from tests.acceptance.desk import Desk, Said, asks_for_two, someone, until
from tests.factories import BY
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


def test_whoever_wrote_it_says_yes_on_no_path(desk: Desk, asha: Person, ben: Person) -> None:
    mark = secrets.token_hex(4)
    writer = desk.comes(asha, WIDE).opens("/write").writes("Message", f"Fair on Sunday. ({mark})")
    review = the_review(writer.presses("Send").sees("Sent for approval.").page.url)
    writer.opens(f"/approve/{review.pk}").sees("You wrote or changed these words")
    assert writer.page.get_by_role("button", name="Approve").count() == 0
    forged = writer.page.request.post(
        f"{desk.address}/approve/{review.pk}",
        form={
            "digest": review.digest,
            "csrfmiddlewaretoken": writer.page.locator(
                "[name=csrfmiddlewaretoken]"
            ).first.input_value(),
        },
    )
    assert (forged.status, "somebody else must approve" in forged.text()) == (422, True)

    said = desk.commands("post", f"Typed by hand. ({mark})", "--to", "Town")
    assert "waits for somebody else’s yes" in said.stdout
    number = said.stdout.split()[1]
    assert desk.commands("approve", number).returncode == 2  # in nobody’s name
    for message, who, says in (
        (number, ben.email, "somebody else must decide"),
        (review.post_id, asha.email, "somebody else must approve"),
    ):
        refused = desk.commands("approve", str(message), "--as", who)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert says in refused.stderr
    desk.commands("posts", "discard", number)
    assert queries.review_of(review.post).is_open
    assert desk.sent(mark) == 0


def test_whoever_trusts_a_feed_is_not_its_second_person(
    desk: Desk, asha: Person, ben: Person
) -> None:
    first, second = secrets.token_hex(4), secrets.token_hex(4)
    town = channels.named(["Town"])
    feed = feeds.add(desk.source.url, to=town, settle=timedelta(0), by=asha)
    here = f"/feeds/{feed.pk}"
    writer = (
        desk.comes(asha, WIDE).opens(f"{here}/trust/automatic").presses("Let it post by itself")
    )
    writer.opens(f"{here}/confirm").presses("Confirm it").sees("somebody else must confirm it")
    desk.source.publish(f"Not yet ({first})")
    writer.opens(here).presses("Poll now")
    until(lambda: open_reviews(first))
    desk.comes(someone("Cai Rees"), WIDE).opens(f"{here}/confirm").presses("Confirm it")
    desk.source.publish(f"Now it may ({second})")
    writer.opens(here).presses("Poll now")
    until(lambda: desk.shows(second)["Town"])
    assert desk.sent(second) == 1
    assert desk.sent(first) == 0


def test_a_period_holds_what_is_political_there_and_then_and_nothing_else(
    desk: Desk, asha: Person, ben: Person
) -> None:
    marks = {name: secrets.token_hex(4) for name in ("named", "topic", "plain", "south", "after")}
    today = clock.now().date()
    village, town = channels.named(["Village", "Town"])
    for channel, area in ((village, "North ward"), (town, "South ward")):
        describe(channel, tone="", area=area, by=BY)
    partners.add_figure(Figure(name="Jo Penrose", kind="candidate"), by=BY)
    partners.add_topic("Tide barrage", by=BY)
    elin = someone("Elin Vaughan", READER, MONITORING_OFFICER)
    judge = desk.comes(elin, WIDE)
    officer = desk.comes(asha, WIDE).opens("/settings").follows("Periods").presses("Open a period")
    officer.picks("Before an election").writes("Polling day", f"{today + timedelta(days=20)}")
    officer.presses("Continue").writes("Name of the period", "Ward by-election")
    officer.writes("First day", f"{today}").writes("Area", "North ward")

    at, later = the_minute(after=timedelta(seconds=12)), clock.now() + timedelta(days=30)
    planned = {
        "named": plan(asha, ben, f"Jo Penrose opens the library ({marks['named']})", village, at),
        "topic": plan(asha, ben, f"See the tide barrage ({marks['topic']})", village, at),
        "plain": plan(asha, ben, f"Bins move to Tuesday ({marks['plain']})", village, at),
        "south": plan(asha, ben, f"Jo Penrose was in the south ({marks['south']})", town, at),
        "after": plan(asha, ben, f"Jo Penrose is mayor ({marks['after']})", village, later),
    }
    officer.presses("Open the period").sees("Opened Ward by-election.")
    inside = {(planned[one], area) for one in ("named", "topic") for area in ("North ward", "")}
    inside.add((planned["south"], ""))  # our own page speaks for every ward
    until(lambda: set(held()) == inside)
    assert clock.now() < at, "Walked too slowly to hold anything back."
    until(lambda: desk.shows(marks["plain"])["Village"] and desk.shows(marks["south"])["Town"], 90)
    assert clock.now() >= at
    assert set(held()) == inside
    assert desk.sent(marks["named"]) == desk.sent(marks["topic"]) == desk.sent(marks["after"]) == 0

    here = f"/approve/holds/{held()[planned['named'], 'North ward']}"
    officer.opens("/approve").sees("Held by a sensitive period").opens(here)
    officer.writes("Why may it go", "I think so.").presses("Let it go on")
    officer.sees("Only the monitoring officer may let this go on.")
    judge.opens(here).presses("Let it go on")
    judge.sees("Say why it may go all the same").writes("Why may it go", "She is quoted as head.")
    judge.presses("Let it go on").sees("The message goes on to Village.")
    until(lambda: desk.shows(marks["named"])["Village"])
    assert set(held()) == inside - {(planned["named"], "North ward")}
    assert desk.sent(marks["topic"]) == 0


def plan(by: Person, approver: Person, text: str, channel: Channel, at: datetime) -> int:
    """The number of a message that was written, approved, and waits for its time."""
    draft = Draft(text=text, to=(channel.pk,), wall=f"{at:%Y-%m-%dT%H:%M}", zone="UTC")
    post = decisions.hand_in(posts.start(draft, by=by), by=by)
    review = queries.review_of(post)
    assert review
    decisions.vote_yes(review, digest=review.digest, by=approver)
    return post.pk


def held() -> dict[tuple[int, str], int]:
    """Which message is held, for which area, by which hold."""
    found = [(hold.wording, hold.pk) for hold in queries.holds_in_force()]
    return {(w.variant.post_id, w.channel.area): number for w, number in found}


def open_reviews(mark: str) -> list[Review]:
    return [one for one in queries.open_reviews() if mark in one.post.title]


def the_review(address: str) -> Review:
    """Of the message whose page stands at this address."""
    return queries.open_reviews().get(post=int(address.rpartition("/")[2]))


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

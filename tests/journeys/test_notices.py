"""Somebody is told, looks, marks it as read, chooses how to be told, and goes on holiday."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from oyez.channels import actions as channels
from oyez.emergency import actions as emergency
from oyez.kit import clock
from oyez.notices.models import Posting
from oyez.people import actions as people
from oyez.people import rules
from tests.factories import BY, a_channel
from tests.journeys.house import House, aside
from tests.journeys.walker import Walker

SIGNED_OUT = "Mastodon must be linked again before anything goes there. It was withdrawn."
WHY = "Somebody else posts in our name."


def happens(house: House) -> None:
    def both() -> None:
        emergency.stop(None, why=WHY, by=BY)
        emergency.resume(None, by=BY)
        channels.signed_out(a_channel(name="Mastodon"), "It was withdrawn.", by=BY)

    aside(both)
    house.works()


def test_notices_are_read_one_by_one_and_all_at_once(officer: Walker, house: House) -> None:
    officer.opens("/notices").sees("There is no notice yet").photographs("notices-empty")
    happens(house)
    officer.opens("/").follows("2 notices").reads_the_heading("Notices")
    officer.sees("You have 2 new notices.", WHY).photographs("notices")
    officer.follows("Mastodon must be linked again").reads_the_heading("Mastodon")
    officer.opens("/notices").sees("You have 2 new notices.")
    officer.presses(f"Mark as read ({SIGNED_OUT})")
    officer.sees("Marked as read.", "You have 1 new notice.")
    officer.presses("Mark all as read").sees("You have read everything.")


def test_choosing_how_one_is_told(officer: Walker, house: House) -> None:
    officer.opens("/notices").follows("Choose how you are told")
    officer.photographs("notices-choose")
    comments = officer.page.get_by_role("group", name="Comments on your messages")
    comments.get_by_label("Not at all").check()
    officer.writes("When should the daily e-mail come?", "late").presses("Save")
    officer.sees("Enter a time of day, such as 08:00").photographs("notices-choose-error")
    officer.writes("When should the daily e-mail come?", "07:15").presses("Save")
    officer.sees("Saved how you are told.")
    assert comments.get_by_label("Not at all").is_checked()


def test_going_away_and_coming_back(officer: Walker, house: House) -> None:
    aside(lambda: people.invite("max@council.example", name="Max", role=rules.OFFICER, by=BY))
    today = timezone.localtime(clock.now()).date()
    last = (today + timedelta(days=10)).isoformat()
    officer.opens("/notices/choose").presses("Say that I am away")
    officer.sees("Enter the last day away").photographs("notices-away-error")
    officer.writes("Last day away", last).chooses("Who answers for you?", "Max")
    officer.presses("Say that I am away").sees("Max answers for you.").photographs("notices-away")
    officer.presses("I am back").sees("You are no longer away.")


def test_an_administrator_sees_what_was_mailed(administrator: Walker, house: House) -> None:
    administrator.opens("/notices").follows("See which e-mails were sent")
    administrator.sees("No e-mail has been sent yet").photographs("notices-log-empty")
    now = clock.now()

    def mails() -> None:
        for state, why in (("sent", ""), ("failed", "550 5.1.1 No such mailbox"), ("waiting", WHY)):
            Posting.objects.create(
                address="a.long.name.of.somebody@communications.tamarshire.example",
                kind="test", subject="Sending is stopped: 3 notices", tries=2, state=state, why=why,
                made_at=now, due_at=now, sent_at=now if state == "sent" else None,
            )  # fmt: skip

    aside(mails)
    administrator.opens("/notices/log").sees("Failed", "550 5.1.1", "Next try:")
    administrator.photographs("notices-log")

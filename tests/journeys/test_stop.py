"""Somebody on duty stops everything, and lets it go on."""

from __future__ import annotations

from tests.factories import a_channel, a_post
from tests.fakes.networks import Log
from tests.journeys.house import House
from tests.journeys.walker import Walker

WHY = "Somebody else posts in our name."


def test_stopping_everything_and_going_on(officer: Walker, house: House, networks: Log) -> None:
    channel = a_channel(name="Mastodon")
    officer.opens("/messages").follows("Stop sending").presses("Stop all sending")
    officer.presses("Stop all sending").sees("Say why, so that the next person on duty knows")
    officer.writes("Why?", WHY).presses("Stop all sending").sees("All sending is stopped.")
    a_post("The bridge is open again.", to=[channel])
    house.works()
    assert networks.texts == []
    officer.opens("/").sees("All sending is stopped.", WHY)  # the red strip, on every page
    officer.follows("See what is stopped").sees("Stopped by Sam Carter")
    officer.presses("Let sending go on").presses("Let it go on").sees("Sending goes on.")
    house.works()
    assert networks.texts == ["The bridge is open again."]
    officer.opens("/").does_not_see(WHY)


def test_stopping_one_channel_leaves_the_others_alone(
    officer: Walker, house: House, networks: Log
) -> None:
    quiet, loud = a_channel(name="Quiet"), a_channel(name="Loud")
    officer.opens("/stop").follows("Stop Quiet").writes("Why?", WHY)
    officer.presses("Stop sending by Quiet").sees("Sending by Quiet is stopped.")
    post = a_post("The bridge is open again.", to=[quiet, loud])
    house.works()
    assert networks.texts == ["The bridge is open again."]
    officer.opens(f"/messages/{post.pk}").sees("Waits", f"Sending is stopped: {WHY}", "Loud has it")


def test_a_reader_may_not_stop(reader: Walker) -> None:
    reader.opens("/stop").sees("Your role does not let you stop sending.")
    reader.does_not_see("Stop all sending")
    reader.opens("/stop/all").reads_the_heading("You cannot see this page")

"""An officer writes once, in other words for one network, and it is there."""

from __future__ import annotations

from tests.factories import a_channel
from tests.fakes.networks import Findable, Keyed, Log
from tests.journeys.house import House
from tests.journeys.walker import Walker


def test_writing_a_message(officer: Walker, house: House, networks: Log) -> None:
    a_channel(Findable, name="Council news")
    a_channel(Keyed, name="Library")
    officer.opens("/").follows("Write").reads_the_heading("Write a message")
    officer.photographs("write-empty")
    officer.writes("Message", "The bridge is open. 🌉 See https://council.example/bridge")
    officer.presses("Show how it looks")
    officer.sees("Draft saved at", "left of 500")
    officer.photographs("write-filled")
    officer.presses("Send").sees("It goes out in ten seconds")


def test_what_is_wrong_is_said_and_every_word_kept(officer: Walker, house: House) -> None:
    a_channel(Findable, name="Council news")
    officer.opens("/write").writes("Message", "x" * 501).presses("Send")
    officer.sees("There is a problem", "It is 501")
    officer.photographs("write-error")

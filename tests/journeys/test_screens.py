"""Every screen, filled and empty, at both sizes: light, accessible, and within its width.

With OYEZ_TEST_PICTURES=FOLDER each leaves a picture there, for somebody to look at.
"""

from __future__ import annotations

import pytest

from oyez.emergency import actions as emergency
from oyez.people import actions as people
from tests.factories import BY
from tests.fakes.networks import Log
from tests.journeys.filled import Filled, fill
from tests.journeys.house import House, aside
from tests.journeys.walker import Walker


@pytest.fixture
def filled(house: House, networks: Log) -> Filled:
    return fill(house, networks)


def test_the_screens_of_a_filled_house(administrator: Walker, filled: Filled) -> None:
    sees(administrator, "home", "/")
    sees(administrator, "needs", "/needs-you")
    sees(administrator, "messages", "/messages")
    for name in ("arrived", "asking", "refused", "waiting"):
        sees(administrator, f"message-{name}", f"/messages/{getattr(filled, name).pk}")
    sees(administrator, "stop", "/stop")


def test_the_screens_while_sending_is_stopped(administrator: Walker, filled: Filled) -> None:
    aside(lambda: emergency.stop(None, why="Somebody else posts in our name.", by=BY))
    sees(administrator, "stopped-home", "/")
    sees(administrator, "stopped-message", f"/messages/{filled.waiting.pk}")
    sees(administrator, "stopped-stop", "/stop")


def test_the_screens_of_an_empty_house(administrator: Walker) -> None:
    sees(administrator, "empty-home", "/")
    sees(administrator, "empty-messages", "/messages")
    sees(administrator, "empty-stop", "/stop")


def test_the_screens_that_ask_and_complain(administrator: Walker, filled: Filled) -> None:
    administrator.opens(f"/messages/{filled.asking.pk}").presses("It is there: link it")
    administrator.writes("Its address", "nonsense").presses("It is there: link it")
    administrator.sees("Enter the whole address").photographs("error-there")
    administrator.opens("/stop/all").presses("Stop all sending").photographs("error-stop")
    administrator.opens(f"/messages/{filled.waiting.pk}").follows("Do not send it")
    administrator.presses("Do not send it").photographs("error-withhold")
    administrator.opens("/messages/999999").photographs("not-found")


def test_the_screens_of_the_door(visitor: Walker) -> None:
    sees(visitor, "sign-in", "/sign-in")
    sees(visitor, "error-sign-in", "/sign-in/unknown")
    ada = people.invite("ada@council.example", by=BY)
    sees(visitor, "sign-in-use", f"/sign-in/{people.make_link(ada, by=BY)}")
    visitor.sees("One more press")


def sees(walker: Walker, name: str, address: str) -> None:
    walker.opens(address).photographs(name)

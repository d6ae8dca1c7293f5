"""Home says what needs somebody, and leads there: a message that may or may not have arrived."""

from __future__ import annotations

import pytest

from oyez.deliveries.models import Delivery
from oyez.networks.contract import Unsure
from tests.factories import a_channel, a_post, a_worker_lives
from tests.fakes.networks import Log, Mute, raises
from tests.journeys.house import House
from tests.journeys.walker import Walker


def the_asking() -> Delivery:
    return Delivery.objects.select_related("wording__variant").get(state="asking")


@pytest.fixture
def doubt(house: House, networks: Log) -> None:
    """Given a message that was sent, and a connection that broke before the answer."""
    a_worker_lives()
    networks.aftermath.append(raises(Unsure("The connection broke after the message was sent.")))
    a_post("Flood warning: leave the quay.", to=[a_channel(Mute, name="Sirens")])
    house.works()


@pytest.mark.usefixtures("doubt")
def test_an_officer_who_sees_it_there_links_it(officer: Walker) -> None:
    officer.opens("/").sees("1 thing needs you.")
    officer.follows("Did “Flood warning: leave the quay.” reach Sirens?")
    officer.sees("Only you can tell", "What we sent", "What we know", "Sent 1 time.")
    officer.presses("It is there: link it").reads_the_heading("Is it there on Sirens?")
    officer.writes("Its address", "https://sirens.example/1").presses("It is there: link it")
    officer.sees("The message counts as published on Sirens.", "Sam Carter saw that it is there")
    assert officer.target_of("See it on Sirens") == "https://sirens.example/1"
    officer.opens("/").sees("Nothing needs you.")


def test_an_officer_who_does_not_see_it_sends_it_again(
    officer: Walker, house: House, doubt: None, networks: Log
) -> None:
    networks.shown.clear()  # it never got there
    officer.opens("/messages?show=needs-you").follows("Flood warning: leave the quay.")
    officer.presses("It is not there: send it now")
    officer.sees("If it is there after all, people see it twice.")
    officer.presses("It is not there: send it now").sees("The message is on its way to Sirens.")
    house.works()
    assert networks.texts == ["Flood warning: leave the quay."]
    officer.opens(officer.page.url).sees("Sam Carter had it sent again", "Sirens has it")


@pytest.mark.usefixtures("doubt")
def test_a_reader_sees_the_question_and_is_not_asked(reader: Walker) -> None:
    reader.opens(f"/messages/{the_asking().wording.variant.post_id}")
    reader.sees("A communications officer or an administrator can decide.")
    reader.does_not_see("It is there: link it")
    reader.opens(f"/messages/deliveries/{the_asking().pk}/again")
    reader.reads_the_heading("You cannot see this page").sees("Your role does not allow it")

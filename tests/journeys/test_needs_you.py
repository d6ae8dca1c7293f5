"""Home says what needs somebody, and leads there: a message that may or may not have arrived."""

from __future__ import annotations

from datetime import timedelta

import pytest

from oyez.decisions import actions
from oyez.deliveries.models import Delivery
from oyez.kit import clock
from oyez.networks.contract import Unsure
from oyez.partners import actions as partners
from oyez.partners.rules.figures import Said as Figure
from oyez.posts.draft import Draft
from tests.factories import BY, a_channel, a_post, a_pre_election, a_request, a_worker_lives
from tests.fakes.networks import Log, Mute, raises
from tests.journeys.house import House
from tests.journeys.test_approve import a_review, asha
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


def planned(text: str, channel: int) -> None:
    wall = f"{clock.now() + timedelta(days=1):%Y-%m-%dT%H:%M}"
    actions.say(Draft(text, (channel,), wall=wall, zone="UTC"), by=BY)


def test_home_shows_an_officer_all_that_asks_them(
    officer: Walker, house: House, networks: Log
) -> None:
    """An approval, a request, and what a time of voting holds; each leads where it is answered."""
    a_worker_lives()
    a_review(asha())
    planned(held := "Ann Pryce opens the bridge.", a_channel(name="Events").pk)
    partners.add_figure(Figure(name="Ann Pryce", kind="candidate"), by=BY)
    a_pre_election()
    a_request(what="The library opens on Sunday.")
    house.works()
    officer.opens("/").sees("Gritting tonight", "Answer “The library opens on Sunday.”")
    officer.does_not_see(f"May “{held}” go on?")  # the monitoring officer is asked
    officer.photographs("home-asks").follows("Approve “Gritting tonight")
    officer.presses("Approve").sees("Approved “Gritting tonight")
    officer.opens("/").does_not_see("Approve “Gritting tonight")
    officer.opens("/messages").sees("Held back").photographs("messages-held")
    officer.follows(held).sees("It is held back: ").photographs("message-held")

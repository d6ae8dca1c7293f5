"""Somebody asks us to say something; an officer answers; they read what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from oyez.decisions import actions as decisions
from oyez.deliveries import actions as deliveries
from oyez.kit import clock
from oyez.posts import actions as posts
from oyez.posts.draft import Draft
from oyez.requests import actions
from oyez.requests.models import Request
from tests.factories import BY, a_channel, a_request
from tests.journeys.house import House, aside
from tests.journeys.walker import Walker

POND = "The pond in Mill Park is fenced off until Friday."


def test_a_department_asks_and_reads_what_became_of_it(visitor: Walker, house: House) -> None:
    visitor.opens("/ask").photographs("ask")
    visitor.presses("Send the request").sees("Enter your name", "Enter what you want us to say")
    visitor.photographs("ask-error")
    visitor.writes("What should people know?", POND).writes("Why should they know it", "Danger")
    visitor.writes("Your name", "Ada Parks").writes("Your e-mail address", "ada@parks.example")
    visitor.presses("Send the request").sees("We have your request.", POND).is_at(r"/ask/[\w-]+")
    visitor.does_not_see("ada@parks.example").photographs("ask-status-new")
    made = Request.objects.get()
    aside(lambda: actions.refuse(made, why="The Herald has said it already.", by=BY))
    visitor.opens(f"/ask/{made.code}").sees("Refused", "The Herald has said it already.")
    visitor.photographs("ask-status-refused")


def test_a_partner_asks_for_a_boost(visitor: Walker, house: House) -> None:
    visitor.opens("/ask").follows("Boost a message").presses("Send the request")
    visitor.sees("Enter the web address of the message").photographs("ask-boost-error")
    visitor.writes("Which organisation", "NHS Tamarshire")
    visitor.writes("Web address of the message", "javascript:alert(1)")
    visitor.writes("Your name", "Ben").writes("Your e-mail address", "ben@nhs.example")
    visitor.presses("Send the request").sees("Enter a whole web address")
    visitor.writes("Web address of the message", "https://social.example/@nhs/1")
    visitor.presses("Send the request").sees("We have your request.", "NHS Tamarshire")


def test_an_officer_accepts_answers_and_opens_again(officer: Walker, house: House) -> None:
    made = a_request(what=POND, deadline="2126-12-24 14:00", team="Parks")
    officer.opens("/requests").sees("1 request waits for an answer.", "Requests (1)")
    officer.follows("The pond in Mill Park").sees("ada@parks.example", "Parks")
    officer.presses("Accept and write").reads_the_heading("Write a message")
    officer.does_not_see("Requests (1)").opens(f"/requests/{made.pk}")
    officer.presses("It is done").presses("It is done").sees("Say what was done")
    officer.writes("What was done", "Out at noon: https://social.example/1").presses("It is done")
    officer.sees("Done", "Out at noon").presses("Open it again").sees("is open again")
    officer.presses("Refuse").photographs("request-refuse")
    officer.writes("Why?", "Over by now.").presses("Refuse the request").sees("is refused")
    officer.opens("/requests?show=finished").sees("The pond in Mill Park", "Refused")
    officer.opens(f"/ask/{made.code}").sees("Over by now.").does_not_see("Sam Carter")


def test_whoever_asked_follows_the_message_until_it_is_down(visitor: Walker, house: House) -> None:
    made, channel = a_request(what=POND, team="Parks"), a_channel(name="Council")
    actions.accept(made, by=BY)
    here = f"/ask/{made.code}"
    visitor.opens(here).sees("The message is being written.")
    post = posts.start(Draft(text=POND, to=(channel.pk,), request=made.pk), by=BY)
    visitor.opens(here).sees("Being written").does_not_see("Out on").photographs("ask-writing")
    aside(lambda: decisions.hand_in(post, by=BY))
    house.works()
    later = f"{clock.now() + timedelta(days=1):%Y-%m-%dT%H:%M}"
    more = Draft(text="Open again.", to=(channel.pk,), request=made.pk, wall=later, zone="UTC")
    aside(lambda: decisions.hand_in(posts.start(more, by=BY), by=BY))
    house.works()
    visitor.opens(here).sees("It is out on 2 channels.", "Read it on Our page", "It is planned for")
    visitor.does_not_see("Open again.").photographs("ask-out-and-planned")
    assert visitor.target_of("Read it on Findable") == "https://fake.example/1"
    aside(lambda: deliveries.take_down(post, reason="The pond is full again.", by=BY))
    house.works()
    visitor.opens(here).sees("It was out, and was taken down.").photographs("ask-taken-down")
    visitor.does_not_see("The pond is full again.")


def test_an_officer_goes_from_the_request_to_its_message_and_back(
    officer: Walker, house: House
) -> None:
    made = actions.accept(a_request(what=POND), by=BY)
    draft = Draft(text="Mill Park: no pond today.", to=(a_channel().pk,), request=made.pk)
    posts.start(draft, by=BY)
    officer.opens(f"/requests/{made.pk}").sees("Messages made from it").photographs("request-made")
    officer.follows("Mill Park: no pond today.").sees("Asked for in")
    officer.photographs("message-asked-for").follows("Open").reads_the_heading(POND)


@pytest.fixture
def busy(house: House) -> list[Request]:
    late = a_request(what="Polling stations open at seven.\nBring a card.", team="Elections")
    Request.objects.update(deadline_at=late.made_at)
    accepted = a_request(
        what=f"{POND} It is deep. " * 3, team="Parks and open spaces", audience="Families nearby",
        deadline="2126-12-24 14:00", link="https://parks.example/mill-park/pond/closed",
        evidence="Ranger’s report of Monday, https://parks.example/reports/2026/11/23",
        images="Two, on the shared drive: a child by the pond, and the fence", consent="not_asked",
    )  # fmt: skip
    a_request(what="Pay no\u200bw at \u202emoc.live\u202c, quickly", team="Revenues")
    a_request(kind="boost", what="", partner_name="NHS Tamarshire", purpose="Jabs for over 65s",
              boost_url="https://social.example/@nhs/1")  # fmt: skip
    actions.accept(accepted, by=BY)
    actions.refuse(a_request(what="Sell my car"), why="We do not advertise.", by=BY)
    return list(Request.objects.order_by("pk"))


def test_the_screens_of_the_desk(officer: Walker, busy: list[Request]) -> None:
    officer.opens("/requests").sees("1 request is past its deadline.", "Overdue")
    officer.sees("Pay no⟨U+200B⟩w at ⟨U+202E⟩moc.live⟨U+202C⟩").photographs("requests")
    officer.opens("/requests?show=accepted").photographs("requests-accepted")
    officer.opens("/requests?show=finished").photographs("requests-finished")
    for asked in busy:
        officer.opens(f"/requests/{asked.pk}").photographs(f"request-{asked.pk - busy[0].pk}")
    officer.opens("/ask").photographs("ask-signed-in")


def test_a_desk_where_nobody_waits(officer: Walker, house: House) -> None:
    officer.opens("/requests").sees("Nobody is waiting for an answer.").photographs(
        "requests-empty"
    )
    officer.opens("/requests?show=finished").photographs("requests-empty-finished")


def test_a_form_that_is_closed(visitor: Walker, house: House, settings: Any) -> None:
    settings.OYEZ = replace(settings.OYEZ, public_requests=False)
    visitor.opens("/ask").sees("This form is closed").photographs("ask-closed")

"""Somebody comes in by a one-time link, and leaves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from oyez.kit import mailserver
from oyez.people import actions as people
from oyez.people import rules
from tests.factories import BY
from tests.journeys.house import House
from tests.journeys.walker import Walker


@pytest.fixture
def link(house: House) -> str:
    person = people.invite("ada@council.example", name="Ada", role=rules.READER, by=BY)
    return f"/sign-in/{people.make_link(person, by=BY)}"


def test_a_link_opens_the_door_once(visitor: Walker, link: str) -> None:
    visitor.opens("/messages").reads_the_heading("Sign in")
    visitor.follows("Sign in with a link").sees("./run oyez people link")
    visitor.opens(link).opens(link)  # a mail scanner may have been there before
    visitor.presses("Sign in").is_at("/messages").sees("Ada")
    visitor.presses("Sign out").reads_the_heading("Sign in")
    visitor.opens(link)
    visitor.sees("This link has been used or is too old. Ask for a new one.")


def test_whoever_forgot_their_password_is_told_where_to_look(
    visitor: Walker, link: str, settings: Any
) -> None:
    mail = mailserver.read("smtp://127.0.0.1:1")
    settings.OYEZ = replace(settings.OYEZ, mail=mail, mail_from="oyez@council.example")
    visitor.opens("/sign-in").follows("Sign in with a link").photographs("link-asked")
    long = "the.one.who.looks.after.everything@communications.council.example"
    visitor.writes("E-mail address", long).presses("Send me a link")
    visitor.reads_the_heading("Look into your e-mail").sees(long, "within a minute or two")
    visitor.photographs("link-sent").follows("Back").is_at("/sign-in/link")


def test_a_password_is_chosen_once_and_opens_the_door_from_then_on(
    visitor: Walker, link: str
) -> None:
    visitor.opens(link).presses("Sign in").follows("Ada").photographs("account")
    visitor.follows("Choose one").writes("New password", "too short").presses("Save")
    visitor.sees("Enter a longer password").photographs("password-wrong")
    visitor.writes("New password", "kettle-orbit-lichen").presses("Save")
    visitor.sees("You have a new password").presses("Sign out").photographs("sign-in")
    visitor.writes("E-mail address", "ada@council.example").writes("Password", "no").presses(
        "Sign in"
    )
    visitor.sees("The e-mail address or the password is wrong").photographs("sign-in-wrong")
    visitor.writes("Password", "kettle-orbit-lichen").presses("Sign in").is_at("/").sees("Ada")

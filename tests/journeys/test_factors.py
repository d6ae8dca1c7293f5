"""Second factors in a real browser: an app with its picture, and a passkey with a device that
Chromium pretends to have.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from oyez.kit import clock
from oyez.people import actions as people
from oyez.people import codes, queries, rules
from tests.factories import BY
from tests.journeys.conftest import WIDE, a_window
from tests.journeys.house import House
from tests.journeys.walker import Walker


@pytest.fixture
def link(house: House) -> str:
    person = people.invite("ada@council.example", name="Ada", role=rules.ADMINISTRATOR, by=BY)
    return f"/sign-in/{people.make_link(person, by=BY)}"


def another_link() -> str:
    ada = queries.person("ada@council.example")
    assert ada
    return f"/sign-in/{people.make_link(ada, by=BY)}"


def shown_by_an_app(walker: Walker) -> str:
    """What an app would show that was given the letters on the page."""
    secret = walker.page.locator("main .oyez-code").inner_text().replace(" ", "")
    return codes.shown(secret, int(clock.now().timestamp()) // codes.STEP)


def test_an_app_is_set_up_before_anything_else_and_asked_for_from_then_on(
    visitor: Walker, link: str
) -> None:
    visitor.opens(link).presses("Sign in").reads_the_heading("Set up a second factor")
    visitor.sees("So you need one before you go on").photographs("factors")
    visitor.follows("App that shows codes").writes("The six digits", "000000").presses("Go on")
    visitor.sees("The code is wrong").photographs("app-wrong")
    visitor.writes("The six digits", shown_by_an_app(visitor)).presses("Go on")
    visitor.reads_the_heading("Your recovery codes").photographs("recovery-codes")
    narrow = visitor.page.viewport_size
    visitor.page.set_viewport_size({"width": 320, "height": 640})  # WCAG 2.2 1.4.10
    visitor.photographs("recovery-codes-narrow")
    visitor.page.set_viewport_size(narrow)
    code = visitor.page.locator("main .oyez-code").first.inner_text()
    visitor.presses("I have kept them").reads_the_heading("Home").follows("Ada")
    visitor.sees("Recovery codes left").photographs("account-with-app")
    visitor.presses("Sign out")
    visitor.opens(another_link()).presses("Sign in")
    visitor.reads_the_heading("Your second factor").photographs("factor")
    visitor.unfolds("You have lost your phone").sees("reset-factors")
    visitor.writes("Code", "nonsense").presses("Sign in").photographs("factor-wrong")
    visitor.writes("Code", code).presses("Sign in").reads_the_heading("Home")


@pytest.fixture
def device(chromium: Browser, house: House, settings: Any) -> Iterator[Walker]:
    """A browser with a built-in authenticator, before the house under a name of its own."""
    here = house.address.replace("127.0.0.1", "localhost")
    settings.OYEZ = replace(settings.OYEZ, url=here)
    context = a_window(chromium, here, WIDE)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    pretends = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    line.send("WebAuthn.addVirtualAuthenticator", {"options": pretends})
    yield Walker(page, axe=True)
    context.close()


def test_a_passkey_is_made_once_and_lets_in_by_itself(device: Walker, link: str) -> None:
    device.opens(link).presses("Sign in").follows("Passkey")
    expect(device.page.locator("[data-failed]")).to_be_hidden()
    device.writes("What do you call this device?", "Work laptop").photographs("passkey")
    device.shows_the_device("Make a passkey").reads_the_heading("Your recovery codes")
    device.presses("I have kept them").follows("Ada").sees("Passkey: Work laptop", "Not used yet")
    device.photographs("account-with-passkey").presses("Sign out").photographs("sign-in-passkey")
    device.shows_the_device("Use a passkey").reads_the_heading("Home")
    device.follows("Ada").sees("Last used")


def test_where_the_house_insists_a_passkey_is_made_and_shown_and_nothing_else_will_do(
    device: Walker, link: str, settings: Any
) -> None:
    settings.OYEZ = replace(settings.OYEZ, passkeys=True)
    device.opens(link).presses("Sign in").reads_the_heading("Set up a second factor")
    device.sees("nothing but a passkey").photographs("factors-only-passkey")
    device.follows("Passkey").shows_the_device("Make a passkey")
    device.reads_the_heading("Your second factor is set up").sees("Make a second one")
    device.photographs("passkey-only-made")
    device.presses("Go on").reads_the_heading("Home").presses("Sign out")
    device.opens(another_link()).presses("Sign in").reads_the_heading("Your second factor")
    expect(device.page.get_by_label("Code")).to_have_count(0)
    device.photographs("factor-only-passkey").unfolds("You have lost your passkey")
    device.shows_the_device("Use a passkey").reads_the_heading("Home")


def test_a_passkey_is_the_second_factor_too(device: Walker, link: str) -> None:
    device.opens(link).presses("Sign in").follows("Passkey")
    device.shows_the_device("Make a passkey")
    device.presses("I have kept them").presses("Sign out")
    device.opens(another_link()).presses("Sign in").reads_the_heading("Your second factor")
    device.photographs("factor-passkey")
    device.shows_the_device("Use a passkey").reads_the_heading("Home")

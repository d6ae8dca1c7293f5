"""Does the practice server, really running, serve the real adapter and a real browser?"""

from __future__ import annotations

import pytest
from django.core.asgi import get_asgi_application
from playwright.sync_api import Browser, Page, expect

from oyez.kit.addresses import AddressRule
from oyez.kit.fetch.client import Client
from oyez.networks.contract import Refused, SignedOut
from oyez.networks.practice_wall import PracticeWall
from oyez.practice import actions, serving
from oyez.practice.models import Account, Note
from tests.conformance.members import Keys, Notebook, a_message
from tests.journeys.conftest import chromium
from tests.journeys.house import aside, open_house

__all__ = ["chromium"]


@pytest.fixture
def address(transactional_db, settings):
    settings.ROOT_URLCONF = serving.ROOT_URLCONF
    settings.MIDDLEWARE = serving.MIDDLEWARE
    with open_house(get_asgi_application()) as house:
        yield house.address


@pytest.fixture
def adapter(address):
    fetch = Client(AddressRule([address.removeprefix("http://")]))
    answers = {"server": address, "secret": actions.make_token("Tamarshire County Council")}
    link = PracticeWall.link(fetch, answers)
    return PracticeWall(fetch, link.facts, Keys(dict(link.secrets)))


@pytest.fixture
def browser_page(chromium: Browser) -> Page:
    return chromium.new_page(viewport={"width": 390, "height": 844})


@pytest.mark.server
def test_what_the_adapter_sends_stands_on_the_wall_once(adapter):
    message = a_message(
        "Gritting tonight 🧊\n\nHeno", link="https://www.tamarshire.example/?a=1&b=2"
    )
    before = adapter.newest()
    receipt = adapter.publish(message, Notebook("key"))
    again = adapter.publish(message, Notebook("key"))
    assert again == receipt
    assert adapter.find(message, "key", before) == [receipt]
    assert Note.objects.count() == 1


@pytest.mark.server
def test_a_text_that_is_too_long_is_refused(adapter):
    with pytest.raises(Refused):
        adapter.publish(a_message("x" * 501), Notebook("key"))


@pytest.mark.server
def test_a_token_of_elsewhere_does_not_open_practice(address):
    fetch = Client(AddressRule([address.removeprefix("http://")]))
    with pytest.raises(SignedOut):
        PracticeWall.link(fetch, {"server": address, "secret": "mock_token"})


@pytest.mark.journey
def test_new_messages_are_offered_to_somebody_who_is_reading(address, browser_page):
    aside(lambda: actions.make_token("Tamarshire County Council"))
    complaints: list[str] = []
    browser_page.on("console", lambda said: complaints.append(said.text))
    browser_page.clock.install()
    browser_page.goto(address)
    expect(browser_page.locator("main")).to_contain_text("Nothing here yet")
    aside(lambda: actions.publish(Account.objects.get(), actions.Draft("The bridge is open.")))
    browser_page.clock.run_for(11_000)
    offer = browser_page.get_by_role("button", name="Show 1 new message")
    expect(offer).to_be_visible()
    expect(browser_page.locator("article")).to_have_count(0)
    offer.click()
    expect(browser_page.locator("article")).to_contain_text("The bridge is open.")
    assert complaints == []

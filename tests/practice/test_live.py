"""Does the practice server, really running, serve the real adapter and a real browser?"""

from __future__ import annotations

import io

import pytest
from django.core.asgi import get_asgi_application
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from oyez.kit.addresses import AddressRule
from oyez.kit.fetch.client import Client
from oyez.networks.contract import Media, Refused, SignedOut
from oyez.networks.practice_wall import PracticeWall
from oyez.practice import actions, serving
from oyez.practice.models import Account, Note
from tests.conformance.members import Keys, Notebook, a_message
from tests.journeys.conftest import chromium
from tests.journeys.house import aside, open_house
from tests.journeys.walker import Walker

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


def wide_picture(alt: str) -> Media:
    file = io.BytesIO()
    Image.linear_gradient("L").resize((1600, 500)).convert("RGB").save(file, "PNG")
    content = file.getvalue()
    return Media("wide", "image/png", alt, len(content), lambda: content, 1600, 500)


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


@pytest.mark.server
@pytest.mark.journey
def test_a_wide_picture_a_reply_and_an_edit_fit_a_phone_and_read_well(adapter, address, chromium):
    wide = wide_picture("A stone bridge over a river in flood, seen from the quay")
    first = adapter.publish(
        a_message("The bridge is shut until further notice.", media=(wide,)), Notebook("1")
    )
    adapter.publish(
        a_message("Buses stop at the quay.", answers=first.remote_id, media=(wide, wide)),
        Notebook("2"),
    )
    adapter.edit(first.remote_id, a_message("The bridge is shut.", media=(wide,)), Notebook("3"))
    for width in (390, 1280):
        visitor = Walker(chromium.new_page(viewport={"width": width, "height": 844}), axe=True)
        visitor.opens(address).sees("edited", "Reply to a message by")
        pictures = visitor.page.get_by_role("img", name=wide.alt)
        expect(pictures).to_have_count(3)
        for shown in pictures.all():
            assert shown.evaluate("it => it.complete && it.naturalWidth") == 1600
        visitor.photographs("practice-pictures")
        visitor.page.close()

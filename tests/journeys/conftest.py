"""A real browser in front of the real pages: given, when, then, in plain speech.

Every journey that asks for `visitor`, `officer`, `administrator` or `reader` is walked twice: on a
wide screen with JavaScript, and on a phone without. Each page on the way is weighed and checked.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from oyez.channels import actions as channels
from oyez.deliveries import shift
from oyez.people import actions as people
from oyez.people import rules
from tests.factories import BY
from tests.fakes.networks import Findable, Keyed, Log, Mute, fakes
from tests.journeys.house import House, open_house
from tests.journeys.walker import Walker

QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
PATIENCE = 30_000  # milliseconds: how long a page takes says how busy the machine is
BROWSERS = ("chromium-headless-shell", "chromium")  # without windows of its own a page costs half
AS_ROOT = ("--no-sandbox", "--disable-dev-shm-usage")


@dataclass(frozen=True)
class Way:
    """How somebody sees the pages."""

    name: str
    width: int
    height: int
    javascript: bool


WIDE = Way("wide with JavaScript", 1280, 900, javascript=True)
PHONE = Way("phone without JavaScript", 390, 844, javascript=False)
WAYS = (WIDE, PHONE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys/" in item.nodeid:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, or Playwright's own; without one the journeys are skipped by name.

    For one module at a time: while Playwright is open its loop runs in this thread, where Django
    would take our factories for async code and no worker could be run.
    """
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        path = first_of(BROWSERS) or playwright.chromium.executable_path
        if not os.path.exists(path):
            pytest.skip("No Chromium on this machine: apt-get install chromium-headless-shell")
        arguments = [*QUIET, *(AS_ROOT if os.geteuid() == 0 else ())]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        expect.set_options(timeout=PATIENCE)
        yield browser
        browser.close()


def first_of(programs: Sequence[str]) -> str | None:
    return next((path for program in programs if (path := shutil.which(program))), None)


@pytest.fixture
def networks() -> Iterator[Log]:
    """Three networks that only exist here; their log tells what arrived."""
    with fakes(Findable, Keyed, Mute) as log:
        yield log


@pytest.fixture
def house(transactional_db: None, networks: Log, settings: Any) -> Iterator[House]:
    """The house with its own server and its own page. `house.works()` lets it do what is due."""
    with open_house() as house:
        settings.OYEZ = replace(django_settings.OYEZ, url=house.address)
        channels.open_our_own(by=BY)
        yield house
    shift.end()


@pytest.fixture(params=WAYS, ids=lambda way: way.name)
def way(request: pytest.FixtureRequest) -> Way:
    way: Way = request.param
    return way


def a_window(chromium: Browser, address: str, way: Way) -> BrowserContext:
    """A browser of one’s own, without anybody’s cookies."""
    context = chromium.new_context(
        base_url=address,
        viewport={"width": way.width, "height": way.height},
        java_script_enabled=way.javascript,
        locale="en-GB",
        service_workers="block",
    )
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture
def window(chromium: Browser, house: House, way: Way) -> Iterator[BrowserContext]:
    context = a_window(chromium, house.address, way)
    yield context
    context.close()


@pytest.fixture
def visitor(window: BrowserContext, way: Way) -> Walker:
    """Somebody who has not signed in."""
    return Walker(window.new_page(), axe=way.javascript)


@pytest.fixture
def administrator(house: House, visitor: Walker) -> Walker:
    return signed_in(house, visitor, "Ada Clerk", rules.ADMINISTRATOR)


@pytest.fixture
def officer(house: House, visitor: Walker) -> Walker:
    return signed_in(house, visitor, "Sam Carter", rules.OFFICER)


@pytest.fixture
def reader(house: House, visitor: Walker) -> Walker:
    return signed_in(house, visitor, "Rhys Reader", rules.READER)


def signed_in(house: House, walker: Walker, name: str, role: str) -> Walker:
    """The walker as a person of this role, let in without the walk through the door."""
    email = f"{name.split()[0].lower()}@council.example"
    person = people.invite(email, name=name, role=role, by=BY)
    walker.carries(house.pass_for(person))
    return walker

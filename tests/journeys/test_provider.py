"""Coming in with an account at a provider that others wrote, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from oyez.people import actions as people
from oyez.people import discovery, outside, rules
from tests.factories import BY
from tests.journeys.house import House
from tests.journeys.walker import Walker
from tests.servers.fixtures import Counterpart
from tests.web.test_provider_real import a_client_of


@pytest.fixture
def provider(house: House, openid_server: Counterpart, settings: Any) -> Iterator[None]:
    settings.OYEZ = replace(
        settings.OYEZ, url=house.address, allow_private=(openid_server.address,)
    )
    outside.client.cache_clear()
    discovery.forget()
    people.add_provider(*a_client_of(openid_server, house.address), by=BY)
    yield
    outside.client.cache_clear()


def shows_there(walker: Walker, who: str) -> None:
    """On the provider’s page, which is not ours to weigh; it is reached without a press."""
    walker.page.get_by_placeholder("sub").fill(who)
    walker.page.get_by_role("button", name="Authorize").click()


def test_who_is_here_comes_in_and_a_stranger_does_not(visitor: Walker, provider: None) -> None:
    people.invite("ada@council.example", name="Ada", role=rules.READER, by=BY)
    visitor.opens("/sign-in").photographs("sign-in-with-provider")
    visitor.page.get_by_role("button", name="Sign in with Council account").click()
    shows_there(visitor, "eve@council.example")
    visitor.reads_the_heading("This did not work").sees("ask an administrator to invite you")
    visitor.photographs("provider-stranger").follows("Back to signing in")
    visitor.page.get_by_role("button", name="Sign in with Council account").click()
    shows_there(visitor, "sub-of-ada")
    visitor.reads_the_heading("Home").follows("Ada").sees("Council account: ada@council.example")
    visitor.photographs("account-linked").follows("Unlink")
    visitor.reads_the_heading("Unlink “Council account: ada@council.example”?")
    visitor.sees("You have no password: next time you need a link").photographs("unlink").presses(
        "Unlink"
    ).sees("Unlinked. Everywhere else")
    visitor.sees("Not linked").photographs("account-unlinked")

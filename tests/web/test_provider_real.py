"""Does the whole way through a provider work with one that others wrote?"""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest
from django.test import Client
from pytest_django import Settings

from oyez.people import actions, discovery, outside, providers
from oyez.people.issuers import Issuer
from tests.factories import BY
from tests.servers.fixtures import Counterpart
from tests.web.conftest import page
from tests.web.test_provider_pages import Visitor

pytestmark = pytest.mark.server
HERE = "http://127.0.0.1:8000"
BACK = "/sign-in/with/council/back"


class _Stays(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


def ask(url: str, said: Any, method: str = "POST", kind: str = "application/json") -> Any:
    """The answer; of a redirect its address."""
    body = urlencode(said) if "form" in kind else json.dumps(said)
    request = urllib.request.Request(url, body.encode(), {"Content-Type": kind}, method=method)
    try:
        with urllib.request.build_opener(_Stays).open(request, timeout=20) as answer:
            return answer.read()
    except HTTPError as led:
        with led:
            return led.headers["Location"]


def a_client_of(server: Counterpart, house: str) -> tuple[Issuer, str]:
    """The house is known there by the pair, and so is Ada."""
    ada = {"email": "ada@council.example", "email_verified": True, "amr": ["pwd", "mfa"]}
    ask(f"{server.url}/users/sub-of-ada", ada, "PUT")
    said = ask(f"{server.url}/oauth2/clients", {"redirect_uris": [house + BACK]})
    client, domains = json.loads(said), ("council.example",)
    name, number = "Council account", client["client_id"]
    return Issuer("council", name, server.url, number, domains=domains), client["client_secret"]


@pytest.fixture
def registered(db: None, openid_server: Counterpart, settings: Settings) -> Iterator[Counterpart]:
    settings.OYEZ = replace(settings.OYEZ, allow_private=(openid_server.address,))
    outside.client.cache_clear()
    discovery.forget()
    actions.add_provider(*a_client_of(openid_server, HERE), by=BY)
    yield openid_server
    outside.client.cache_clear()
    discovery.forget()


def consents(address: str, **said: str) -> str:
    return str(ask(address, said, kind="application/x-www-form-urlencoded"))


def test_ada_comes_in_with_two_factors_shown_there(registered: Counterpart, client: Client) -> None:
    actions.invite("ada@council.example", name="Ada", role="officer", by=BY)
    visitor = Visitor(None, client)
    there = consents(visitor.goes(), sub="sub-of-ada")
    assert there.startswith(f"{HERE}{BACK}?")
    assert client.get(there)["Location"] == "/"
    assert client.get("/messages").status_code == 200
    client.post("/sign-in/out")
    assert client.get(consents(visitor.goes(), sub="sub-of-ada"))["Location"] == "/"


def test_whoever_says_no_there_stays_outside(registered: Counterpart, client: Client) -> None:
    visitor = Visitor(None, client)
    there = consents(visitor.goes(), action="deny")
    assert client.get(there).status_code == 422
    assert client.get("/messages").status_code == 302


def test_a_stranger_there_is_a_stranger_here(registered: Counterpart, client: Client) -> None:
    visitor = Visitor(None, client)
    answer = client.get(consents(visitor.goes(), sub="eve@council.example"))
    assert "Nobody here has this account" in page(answer)


def test_a_wrong_secret_is_nobody_s_way_in(
    registered: Counterpart, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    actions.invite("ada@council.example", name="Ada", by=BY)
    (known,) = providers.every()
    actions.remove_provider("council", by=BY)
    actions.add_provider(known, "wrong", by=BY)
    answer = client.get(consents(Visitor(None, client).goes(), sub="sub-of-ada"))
    assert "could not be believed" in page(answer)
    assert "gave no token for the code" in caplog.text

"""Is the door shut to all but the one who presses the button with a good link?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from oyez.kit import clock
from oyez.people import actions as people
from oyez.people import queries, rules
from tests.factories import BY
from tests.times import as_if_at
from tests.web.conftest import page


@pytest.fixture
def token(db: None) -> str:
    person = people.invite("ada@council.example", name="Ada", role=rules.READER, by=BY)
    return people.make_link(person, by=BY)


def test_opening_the_link_uses_nothing_up(client: Client, token: str) -> None:
    for _ in range(3):
        assert client.get(f"/sign-in/{token}").status_code == 200
        assert client.head(f"/sign-in/{token}").status_code == 200
    assert queries.usable_link(token)
    assert client.get("/").status_code == 302


def test_the_button_signs_in_once(client: Client, token: str) -> None:
    assert client.post(f"/sign-in/{token}")["Location"] == "/"
    assert client.get("/").status_code == 200
    again = Client().post(f"/sign-in/{token}")
    assert again.status_code == 422
    assert "This link has been used or is too old." in page(again)


def test_a_late_link_lets_nobody_in(client: Client, token: str) -> None:
    with as_if_at(clock.now() + timedelta(minutes=16)):
        assert client.post(f"/sign-in/{token}").status_code == 422


@pytest.mark.parametrize(
    ("asked", "gone"),
    [
        ("/feeds?page=2", "/feeds?page=2"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("0", "/"),
        ("signin:out", "/"),
    ],
)
def test_one_returns_to_the_page_asked_for_and_never_elsewhere(
    client: Client, token: str, asked: str, gone: str
) -> None:
    client.get("/sign-in", {"next": asked})
    assert client.post(f"/sign-in/{token}")["Location"] == gone


def test_a_planted_cookie_leads_nowhere(client: Client, token: str) -> None:
    client.cookies["oyez_there"] = "https://elsewhere.example/"
    assert client.post(f"/sign-in/{token}")["Location"] == "/"


def test_signing_out_needs_a_button_and_ends_the_session(reader: Client) -> None:
    assert reader.get("/sign-in/out").status_code == 405
    assert reader.post("/sign-in/out")["Location"] == "/sign-in"
    assert reader.get("/").status_code == 302


def test_signing_out_tells_the_browser_to_forget(reader: Client) -> None:
    assert reader.post("/sign-in/out")["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.parametrize("odd", ["0", "-1", "NaN", "signin:out"])
def test_what_names_no_page_leads_home(reader: Client, odd: str) -> None:
    assert reader.get("/sign-in", {"next": odd})["Location"] == "/"

"""Where a house insists on passkeys (OYEZ_PASSKEYS), does anything else get a publisher in?

What a browser and a device do is tried in tests/journeys/test_factors.py; here the signature is
taken as good.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from pytest_django import Settings

from oyez.kit import clock
from oyez.people import actions as people
from oyez.people import codes, factors
from oyez.people.models import Person
from oyez.people.tokens import Said
from oyez.project import env
from tests.entering import a_code, signed_in
from tests.factories import BY
from tests.servers.provider import SECRET, Provider, providing
from tests.web.conftest import page
from tests.web.test_provider_pages import Visitor

GOOD = "kettle-orbit-lichen"
URL = "https://oyez.example"


@pytest.fixture(autouse=True)
def insisting(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.OYEZ = replace(settings.OYEZ, url=URL, passkeys=True)
    settings.ALLOWED_HOSTS = ["*"]
    monkeypatch.setattr("oyez.web.signin.passkeys.shown", _taken_as_good)


def _taken_as_good(request: object, said: str, person: Person | None = None) -> Person:
    return person or Person.objects.get(email=said)


def invited(role: str = "officer") -> Person:
    person = people.invite("ada@council.example", name="Ada", role=role, by=BY)
    people.choose_password(person, GOOD, by=BY)
    return person


@pytest.fixture
def ada(db: None) -> Person:
    """An officer with a passkey, and an app and recovery codes besides."""
    ada = invited()
    people.add_passkey(ada, "Laptop", {}, by=ada)
    return ada


def by_password(client: Client) -> str:
    answer = client.post("/sign-in", {"email": "ada@council.example", "password": GOOD})
    return answer["Location"]


def is_in(client: Client) -> bool:
    return client.get("/messages").status_code == 200


def test_neither_a_code_nor_a_recovery_code_lets_in_who_has_a_passkey(
    client: Client, ada: Person
) -> None:
    code = a_code(ada)
    for first in (by_password(client), _by_link(client, ada)):
        assert first == "/sign-in/factor"
        answer = client.post("/sign-in/factor", {"code": code})
        assert answer.status_code == 422
        assert "takes nothing but your passkey" in page(answer)
        assert not is_in(client)
    assert factors.codes_left(ada) == 10
    assert 'name="code"' not in client.get("/sign-in/factor").content.decode()
    client.post("/sign-in/factor", {"passkey": "signed"})
    assert is_in(client)


def _by_link(client: Client, person: Person) -> str:
    return client.post(f"/sign-in/{people.make_link(person, by=BY)}")["Location"]


def test_a_passkey_by_itself_lets_in(client: Client, ada: Person) -> None:
    client.post("/sign-in/passkey", {"passkey": ada.email})
    assert is_in(client)


def test_who_has_none_makes_one_before_anything_else_and_an_app_will_not_do(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = invited()
    code = a_code(ada)
    by_password(client)
    client.post("/sign-in/factor", {"code": code})
    for path in ("/", "/messages", "/account", "/settings/people"):
        assert client.get(path)["Location"].startswith("/account/factors?next=")
    asked = client.get("/account/factors")
    assert "nothing but a passkey" in page(asked)
    assert "/account/factors/app" not in asked.content.decode()
    monkeypatch.setattr("oyez.web.signin.passkeys.made", lambda request, said: {})
    made = client.post("/account/factors/passkey", {"passkey": "made", "name": "Laptop"})
    assert "Your second factor is set up" in page(made)
    assert is_in(client)


def test_with_the_first_passkey_come_no_recovery_codes_that_would_open_nothing(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = invited()
    by_password(client)
    monkeypatch.setattr("oyez.web.signin.passkeys.made", lambda request, said: {})
    client.post("/account/factors/passkey", {"passkey": "made", "name": "Laptop"})
    assert not Authenticator.objects.filter(user=ada, type=factors.RECOVERY).exists()
    assert "Recovery codes left" not in page(client.get("/account"))


def test_whoever_was_in_before_shows_it_first_and_makes_no_other_instead(ada: Person) -> None:
    """The setting is new, or somebody has got in without: a second passkey would be theirs."""
    browser = signed_in(ada)
    for path in ("/messages", "/account/factors", "/account/factors/passkey"):
        assert browser.get(path)["Location"] == f"/sign-in/again?next={path}"
    assert "nothing but a passkey" in page(browser.get("/sign-in/again?next=/messages"))
    assert browser.post("/sign-in/again", {"code": a_code(ada)}).status_code == 422
    assert not is_in(browser)
    assert browser.post("/sign-in/again", {"passkey": "signed"})["Location"] == "/messages"
    assert is_in(browser)
    assert browser.get("/account/factors/passkey").status_code == 200


def test_the_last_passkey_stays(ada: Person, client: Client) -> None:
    secret, now = codes.new_secret(), int(clock.now().timestamp()) // codes.STEP
    people.add_app(ada, secret, codes.shown(secret, now), by=ada)
    client.post("/sign-in/passkey", {"passkey": ada.email})
    pk = factors.of(ada).get(type=factors.PASSKEY).pk
    assert "your last passkey" in page(client.post(f"/account/factors/{pk}/remove", follow=True))
    people.add_passkey(ada, "Phone", {}, by=ada)
    client.post("/sign-in/passkey", {"passkey": ada.email})
    client.post(f"/account/factors/{pk}/remove")
    assert factors.of(ada).filter(type=factors.PASSKEY).count() == 1


@pytest.mark.parametrize(("role", "asked"), [("administrator", True), ("writer", False)])
def test_it_is_asked_of_whoever_can_publish_connect_or_administer_and_of_nobody_else(
    client: Client, db: None, role: str, asked: bool
) -> None:
    invited(role)
    by_password(client)
    assert is_in(client) is not asked


def test_administrators_see_who_has_none(client: Client, ada: Person) -> None:
    boss = people.invite("boss@council.example", name="Max", role="administrator", by=BY)
    people.invite("ben@council.example", name="Ben", role="officer", by=BY)
    people.invite("rae@council.example", name="Rae", role="reader", by=BY)
    people.add_passkey(boss, "Laptop", {}, by=boss)
    client.post("/sign-in/passkey", {"passkey": boss.email})
    told = page(client.get("/settings/people"))
    assert "1 person has no passkey yet" in told
    assert told.count("No passkey") == 1
    ben = Person.objects.get(name="Ben")
    assert "lets them do nothing until they have made one" in page(
        client.get(f"/settings/people/{ben.pk}")
    )


@pytest.fixture
def provider(db: None, settings: Settings) -> Iterator[Provider]:
    with providing(settings) as (one,):
        people.add_provider(one.issuer(), SECRET, by=BY)
        yield one


def test_two_factors_at_a_provider_are_no_passkey(
    client: Client, ada: Person, provider: Provider
) -> None:
    """Nobody says that they could not be phished (ADR 15): ours is asked after."""
    said = Said("s-ada", "ada", "", factor=False, at=None)
    people.link_account(ada, provider.issuer(), said, by=ada)
    visitor = Visitor(provider, client)
    assert visitor.signs_in(amr=["pwd", "mfa"])["Location"] == "/sign-in/factor"
    assert not is_in(client)
    client.post("/sign-in/factor", {"passkey": "signed"})
    assert is_in(client)


@pytest.mark.parametrize("url", ["", "http://oyez.example", "https://203.0.113.7"])
def test_a_house_where_no_browser_knows_passkeys_cannot_insist(url: str) -> None:
    with pytest.raises(env.WrongSetting, match="set OYEZ_URL"):
        env.read({"OYEZ_PASSKEYS": "yes", "OYEZ_URL": url})
    assert env.read({"OYEZ_PASSKEYS": "yes", "OYEZ_URL": URL}).passkeys
    assert not env.read({"OYEZ_URL": url}).passkeys

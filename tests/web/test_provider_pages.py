"""Does an account at a provider let in whom it should, as strongly as it showed, and no other?"""

from __future__ import annotations

import time
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, quote_plus, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount, SocialApp
from bs4 import BeautifulSoup
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from oyez.kit import clock
from oyez.ledger.models import Event
from oyez.ledger.sealing import seal
from oyez.people import actions, discovery, limits, vault
from oyez.people.models import Person
from oyez.people.tokens import Said
from tests.entering import a_code, signed_in
from tests.factories import BY
from tests.servers.provider import CLIENT, KID, SECRET, Provider, a_jwk, a_key, providing, signed
from tests.web.conftest import page

ADDRESS = {"email": "ada@council.example", "email_verified": True}
BACK = "/sign-in/with/council/back"


@pytest.fixture
def ada(db: None) -> Person:
    return actions.invite("ada@council.example", name="Ada Clerk", role="officer", by=BY)


@pytest.fixture
def provider(db: None, settings: Settings) -> Iterator[Provider]:
    with providing(settings) as (one,):
        actions.add_provider(one.issuer(), SECRET, by=BY)
        yield one


@dataclass
class Visitor:
    """A browser at our pages and at the provider’s."""

    provider: Provider | None  # None: another is asked by the test
    browser: Client
    slug: str = "council"

    def goes(self, path: str = "") -> str:
        """Presses the button: the address at the provider to which the next page leads."""
        answer = self.browser.post(path or f"/sign-in/with/{self.slug}")
        assert answer.status_code == 200, answer
        soup = BeautifulSoup(answer.content, "html.parser")
        there = soup.select_one("main a[href^=http]")["href"]
        assert soup.select_one("meta[http-equiv=refresh]")["content"] == f"0; url={there}"
        return str(there)

    def comes_back(self, address: str, **claims: Any) -> HttpResponse:
        assert self.provider
        return self.browser.get(self.provider.consents(address, **claims))

    def signs_in(self, path: str = "", **claims: Any) -> HttpResponse:
        return self.comes_back(self.goes(path), **claims)


@pytest.fixture
def visitor(provider: Provider, client: Client) -> Visitor:
    return Visitor(provider, client)


@pytest.fixture
def linked(ada: Person, provider: Provider) -> Person:
    actions.link_account(ada, provider.issuer(), _said(), by=ada)
    return ada


def _said() -> Said:
    return Said("s-ada", "ada", "", factor=False, at=None)


def asked_of(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def test_the_page_has_a_button_and_it_asks_for_all_that_binds_the_answer(visitor: Visitor) -> None:
    assert "Sign in with Council account" in page(visitor.browser.get("/sign-in"))
    asked = asked_of(visitor.goes())
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}
    assert asked["redirect_uri"] == f"http://127.0.0.1:8000{BACK}"
    assert asked["code_challenge_method"] == "S256"
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) >= 43
    assert asked["max_age"] == str(12 * 3600)


def test_somebody_who_is_linked_comes_in_where_they_were_going(
    linked: Person, visitor: Visitor
) -> None:
    visitor.browser.get("/sign-in", {"next": "/feeds"})
    assert visitor.signs_in()["Location"] == "/feeds"
    assert visitor.browser.get("/feeds").status_code == 200
    assert Event.objects.get(kind="people.signed_in").data == {"how": ["provider"]}


@pytest.mark.parametrize(
    ("ways", "in_the_head"),
    [
        (None, True),
        (["client_secret_basic"], True),
        (["client_secret_post", "client_secret_basic"], False),
    ],
)
def test_a_provider_gets_our_secret_where_it_wants_it(
    linked: Person, visitor: Visitor, ways: list[str] | None, in_the_head: bool
) -> None:
    visitor.provider.document = {"token_endpoint_auth_methods_supported": ways}
    discovery.forget()
    visitor.signs_in()
    (form,) = visitor.provider.asked
    assert ("client_secret" in form, form["authorization"] != "") == (not in_the_head, in_the_head)
    head = b64decode(form["authorization"].removeprefix("Basic ")).decode()
    assert head == (f"{quote_plus(CLIENT)}:{quote_plus(SECRET)}" if in_the_head else "")


def test_a_proven_address_lets_in_the_first_time(ada: Person, visitor: Visitor) -> None:
    assert visitor.signs_in(**ADDRESS)["Location"] == "/"
    assert SocialAccount.objects.get().user == ada


def test_an_address_told_apart_counts_if_it_is_of_the_same_subject(
    ada: Person, visitor: Visitor
) -> None:
    visitor.provider.about = {"sub": "s-other", **ADDRESS}
    assert "Nobody here has this account" in page(visitor.signs_in())
    visitor.provider.about = {"sub": "s-ada", **ADDRESS}
    assert visitor.signs_in()["Location"] == "/"


def test_nobody_who_was_not_invited_comes_in(visitor: Visitor) -> None:
    answer = visitor.signs_in(email="eve@council.example", email_verified=True)
    assert answer.status_code == 422
    assert "ask an administrator to invite you" in page(answer)
    assert visitor.browser.get("/messages").status_code == 302
    assert not Person.objects.exists()


def test_whoever_left_reads_the_same(linked: Person, visitor: Visitor) -> None:
    Person.objects.filter(pk=linked.pk).update(is_active=False)
    assert "Nobody here has this account" in page(visitor.signs_in())
    assert visitor.browser.get("/messages").status_code == 302


def test_a_session_by_a_provider_ends_like_every_other(linked: Person, visitor: Visitor) -> None:
    visitor.signs_in()
    assert visitor.browser.get("/messages").status_code == 200
    actions.end_sessions(linked, by=BY)
    assert visitor.browser.get("/messages").status_code == 302
    visitor.signs_in()
    visitor.browser.post("/sign-in/out")
    assert visitor.browser.get("/messages").status_code == 302


def test_our_factor_is_asked_after_unless_the_provider_asked_for_two(
    linked: Person, visitor: Visitor
) -> None:
    code = a_code(linked)
    assert visitor.signs_in(amr=["pwd"])["Location"] == "/sign-in/factor"
    assert visitor.browser.get("/messages").status_code == 302
    assert visitor.browser.post("/sign-in/factor", {"code": code})["Location"] == "/"
    visitor.browser.post("/sign-in/out")
    assert visitor.signs_in(amr=["pwd", "mfa"])["Location"] == "/"
    assert visitor.browser.get("/messages").status_code == 200


def test_whoever_needs_a_factor_sets_one_up_or_shows_the_provider_s(
    linked: Person, visitor: Visitor, settings: Settings
) -> None:
    settings.OYEZ = replace(settings.OYEZ, url="http://127.0.0.1:8000")
    visitor.signs_in()
    assert visitor.browser.get("/messages")["Location"].startswith("/account/factors")
    visitor.browser.post("/sign-in/out")
    visitor.signs_in(amr=["mfa"])
    assert visitor.browser.get("/messages").status_code == 200


def test_the_operator_s_word_counts_as_the_provider_s(
    ada: Person, provider: Provider, client: Client
) -> None:
    actions.remove_provider("council", by=BY)
    actions.add_provider(provider.issuer(asks_factor=True), SECRET, by=BY)
    a_code(ada)
    assert Visitor(provider, client).signs_in(**ADDRESS)["Location"] == "/"


# What a stranger, a thief or a lying provider sends.


def refused(visitor: Visitor, answer: HttpResponse, words: str = "could not be believed") -> None:
    assert answer.status_code == 422
    assert words in page(answer)
    assert visitor.browser.get("/messages").status_code == 302


@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "https://evil.example"},
        {"aud": "another-client"},
        {"nonce": "of-another-browser"},
        {"nonce": None},
        {"sub": None},
    ],
)
def test_a_token_that_is_not_the_answer_lets_nobody_in(
    linked: Person, visitor: Visitor, lie: dict[str, Any]
) -> None:
    refused(visitor, visitor.signs_in(**lie))


def test_a_token_of_another_hour_lets_nobody_in_and_says_why(
    linked: Person, visitor: Visitor
) -> None:
    past = int(time.time()) - 3600
    refused(visitor, visitor.signs_in(iat=past - 60, exp=past), "The clocks of Council account")


def test_a_token_that_nobody_or_somebody_else_signed_lets_nobody_in(
    linked: Person, visitor: Visitor
) -> None:
    forged = {
        "none": lambda said: jwt.encode(said, None, algorithm="none"),
        "theirs": lambda said: jwt.encode(
            said, a_key(which=1), algorithm="RS256", headers={"kid": KID}
        ),
    }
    for sign in forged.values():
        visitor.provider.sign = sign
        refused(visitor, visitor.signs_in())
    visitor.provider.sign = signed
    visitor.provider.keys = [a_jwk(a_key(which=1))]  # withdrawn since
    refused(visitor, visitor.signs_in())


def test_an_answer_counts_once(linked: Person, visitor: Visitor) -> None:
    there = visitor.provider.consents(visitor.goes())
    assert visitor.browser.get(there)["Location"] == "/"
    visitor.browser.post("/sign-in/out")
    refused(visitor, visitor.browser.get(there), "Begin again")


def test_a_code_counts_once(linked: Person, visitor: Visitor) -> None:
    """A stolen code, put into an answer that a browser waits for."""
    first, second = (visitor.provider.consents(visitor.goes()) for _ in range(2))
    assert visitor.browser.get(first)["Location"] == "/"
    visitor.browser.post("/sign-in/out")
    state = asked_of(visitor.goes())["state"]
    code = asked_of(second)["code"]
    refused(visitor, visitor.browser.get(BACK, {"code": code, "state": state}))  # PKCE
    refused(visitor, visitor.browser.get(BACK, {"code": asked_of(first)["code"], "state": state}),
            "Begin again")  # fmt: skip


def test_nobody_is_signed_in_by_an_answer_that_their_browser_did_not_ask_for(
    linked: Person, visitor: Visitor
) -> None:
    """A page of somebody else's sends their own answer to our people (login CSRF)."""
    thief = Visitor(visitor.provider, Client())
    there = visitor.provider.consents(thief.goes())
    refused(visitor, visitor.browser.get(there), "began in another browser")
    refused(visitor, visitor.browser.get(BACK, {"code": "x"}), "Begin again")
    refused(visitor, visitor.browser.get(BACK, {"code": "x", "state": "x" * 9000}), "Begin again")


def test_an_answer_counts_for_ten_minutes(
    linked: Person, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = visitor.provider.consents(visitor.goes())
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + 601)
    refused(visitor, visitor.browser.get(there), "This took too long")


def test_only_a_pressed_button_begins(linked: Person, visitor: Visitor) -> None:
    assert visitor.browser.get("/sign-in/with/council").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/sign-in/with/council").status_code == 403
    ada = signed_in(linked, Client(enforce_csrf_checks=True))
    assert ada.post("/account/accounts/council/link").status_code == 403
    assert visitor.browser.post("/sign-in/with/nobody").status_code == 404


def test_nothing_in_an_address_says_where_somebody_goes_next(
    linked: Person, visitor: Visitor
) -> None:
    visitor.browser.get("/sign-in", {"next": "https://evil.example"})
    there = visitor.goes("/sign-in/with/council?next=https://evil.example&process=link")
    answer = visitor.browser.get(
        visitor.provider.consents(there) + "&next=https://evil.example&iss="
        + visitor.provider.url
    )  # fmt: skip
    assert answer["Location"] == "/"


def test_answers_of_two_providers_are_not_mixed_up(
    ada: Person, settings: Settings, client: Client
) -> None:
    """One of them lies: it hands on what an honest one said, or says it is another."""
    with providing(settings, how_many=2) as (honest, liar):
        actions.add_provider(honest.issuer(), SECRET, by=BY)
        actions.add_provider(liar.issuer("liar", name="Liar", domains=()), SECRET, by=BY)
        actions.link_account(ada, honest.issuer(), _said(), by=ada)
        visitor, other = Visitor(honest, client), Visitor(liar, client, "liar")
        there = honest.consents(visitor.goes())
        elsewhere = there.replace("/with/council/", "/with/liar/")
        refused(visitor, client.get(elsewhere), "Begin again")
        refused(other, other.signs_in(), "Nobody here has this account")
        refused(other, other.signs_in(iss=honest.url))
        assert client.get(there)["Location"] == "/"
        client.post("/sign-in/out")
        named = honest.consents(visitor.goes()) + f"&iss={liar.url}"
        refused(visitor, client.get(named))


def test_a_provider_that_promises_to_name_itself_must(linked: Person, visitor: Visitor) -> None:
    visitor.provider.document = {"authorization_response_iss_parameter_supported": True}
    discovery.forget()
    refused(visitor, visitor.signs_in())
    there = visitor.provider.consents(visitor.goes())
    assert visitor.browser.get(f"{there}&iss={visitor.provider.url}")["Location"] == "/"


def test_what_goes_wrong_is_one_sentence(linked: Person, visitor: Visitor) -> None:
    state = asked_of(visitor.goes())["state"]
    stopped = visitor.browser.get(BACK, {"error": "access_denied", "state": state})
    refused(visitor, stopped, "You stopped at Council account")
    there = visitor.provider.consents(visitor.goes())
    visitor.provider.away = True
    refused(visitor, visitor.browser.get(there), "Council account does not answer")
    discovery.forget()
    refused(visitor, visitor.browser.post("/sign-in/with/council"), "does not answer")


def test_what_a_provider_says_when_it_refuses_stays_out_of_the_log(
    linked: Person, visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    visitor.provider.sign = lambda said: ""
    refused(visitor, visitor.signs_in())
    assert "council came to nothing (answer)" in caplog.text
    for word in (SECRET, "a-token", *visitor.provider.asked[0].values()):
        assert not word or word not in caplog.text


def test_a_secret_that_does_not_open_is_said(linked: Person, visitor: Visitor) -> None:
    """The row was moved, or its key is gone."""
    there, row = visitor.provider.consents(visitor.goes()), SocialApp.objects.get()
    row.settings["sealed"] = seal().seal(SECRET, vault.of_provider("another"))
    row.save()
    refused(visitor, visitor.browser.get(there), "has lost what it needs for Council account")


def test_fifty_answers_in_vain_from_one_machine_shut_the_door(
    linked: Person, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PROVIDER_FROM", replace(limits.PROVIDER_FROM, most=2))
    assert visitor.signs_in()["Location"] == "/"  # costs nothing
    visitor.browser.post("/sign-in/out")
    there = visitor.provider.consents(visitor.goes())
    for _ in range(2):
        refused(visitor, visitor.browser.get(BACK, {"state": "x"}), "Begin again")
    refused(visitor, visitor.browser.get(there), "There were too many tries")


def test_a_provider_that_is_away_is_not_asked_at_every_press(visitor: Visitor) -> None:
    visitor.provider.document = {"issuer": "https://elsewhere.example"}
    discovery.forget()
    for _ in range(3):
        answer = visitor.browser.post("/sign-in/with/council")
        refused(visitor, answer)
    visitor.provider.document = {}
    refused(visitor, visitor.browser.post("/sign-in/with/council"))
    now = clock.now()
    clock.set_reader(lambda: now + timedelta(seconds=11))
    try:
        assert visitor.goes()
    finally:
        clock.set_reader(None)


# Linking, showing anew, unlinking.


def test_whoever_is_in_links_and_unlinks_on_their_account(ada: Person, provider: Provider) -> None:
    visitor = Visitor(provider, signed_in(ada))
    assert "Council account Not linked" in page(visitor.browser.get("/account"))
    there = visitor.goes("/account/accounts/council/link")
    assert asked_of(there)["prompt"] == "login"
    assert visitor.comes_back(there, preferred_username="ada@x")["Location"] == "/account"
    assert "Council account: ada@x" in page(visitor.browser.get("/account"))
    pk = SocialAccount.objects.get().pk
    other = signed_in(ada)
    path = f"/account/accounts/{pk}/unlink"
    asked = page(visitor.browser.get(path))
    assert "Unlink “Council account: ada@x”?" in asked
    assert "You have no password: next time you need a link" in asked
    actions.choose_password(ada, "kettle-orbit-lichen", by=BY)
    visitor = Visitor(provider, signed_in(ada))
    asked = page(visitor.browser.get(path))
    assert "It lets you in no longer" in asked
    assert "You have no password" not in asked
    assert visitor.browser.post(path)["Location"] == "/account"
    assert visitor.browser.get("/account").status_code == 200
    assert other.get("/account").status_code == 302
    assert not SocialAccount.objects.exists()


def test_linking_asks_anew_who_it_is(ada: Person, provider: Provider) -> None:
    browser = signed_in(ada)
    now = clock.now()
    clock.set_reader(lambda: now + timedelta(minutes=16))
    try:
        answer = browser.post("/account/accounts/council/link")
    finally:
        clock.set_reader(None)
    assert answer["Location"].startswith("/sign-in/again")


def test_an_account_that_is_somebody_s_is_not_linked_again(
    linked: Person, provider: Provider
) -> None:
    bob = actions.invite("bob@council.example", name="Bob", by=BY)
    answer = Visitor(provider, signed_in(bob)).signs_in("/account/accounts/council/link")
    assert "linked already" in page(answer)
    assert SocialAccount.objects.get().user == linked


def test_an_answer_links_only_to_whoever_asked(ada: Person, provider: Provider) -> None:
    """Signed in anew as another between the question and the answer."""
    visitor = Visitor(provider, signed_in(ada))
    there = provider.consents(visitor.goes("/account/accounts/council/link"))
    bob = actions.invite("bob@council.example", name="Bob", by=BY)
    session = visitor.browser.session
    states = session["socialaccount_states"]
    visitor.browser.force_login(bob)
    session = visitor.browser.session
    session["socialaccount_states"] = states
    session.save()
    assert "Begin again" in page(visitor.browser.get(there))
    assert not SocialAccount.objects.exists()


@pytest.fixture
def asked_anew(linked: Person, visitor: Visitor) -> Iterator[Visitor]:
    """Somebody who came in by a provider, and is asked again 16 minutes later."""
    visitor.signs_in()
    now = clock.now()
    clock.set_reader(lambda: now + timedelta(minutes=16))
    assert visitor.browser.get("/account/password")["Location"].startswith("/sign-in/again")
    yield visitor
    clock.set_reader(None)


def at(**far: int) -> int:
    return int((clock.now() + timedelta(**far)).timestamp())


def times(**far: int) -> dict[str, int]:
    return {"iat": at(), "exp": at(minutes=5), "auth_time": at(**far)}


def test_who_shows_it_anew_there_goes_on(asked_anew: Visitor) -> None:
    shown = page(asked_anew.browser.get("/sign-in/again", {"next": "/account/password"}))
    assert "Sign in with Council account" in shown
    before = asked_anew.browser.session.session_key
    there = asked_anew.goes("/sign-in/again/with/council")
    assert (asked_of(there)["prompt"], asked_of(there)["max_age"]) == ("login", "0")
    assert asked_anew.comes_back(there, **times())["Location"] == "/account/password"
    assert asked_anew.browser.get("/account/password").status_code == 200
    assert asked_anew.browser.session.session_key != before
    assert not SessionStore().exists(before)


@pytest.mark.parametrize("shown", [{"auth_time": None}, {"auth_time": -16}])
def test_who_was_not_asked_anew_there_does_not(
    asked_anew: Visitor, shown: dict[str, int | None]
) -> None:
    minutes = shown["auth_time"]
    claims = times(minutes=minutes) if minutes else {**times(), "auth_time": None}
    answer = asked_anew.signs_in("/sign-in/again/with/council", **claims)
    assert "did not ask you anew" in page(answer)
    assert asked_anew.browser.get("/account/password").status_code == 302


def test_another_account_than_one_s_own_shows_nothing(asked_anew: Visitor) -> None:
    answer = asked_anew.signs_in("/sign-in/again/with/council", **times(), sub="s-other")
    assert "not the account" in page(answer)
    assert asked_anew.browser.get("/account/password").status_code == 302


def test_who_has_a_factor_here_shows_two_there_or_it_here(
    linked: Person, asked_anew: Visitor
) -> None:
    a_code(linked)
    asked_anew.browser = signed_in(linked)
    clock_now = clock.now()
    clock.set_reader(lambda: clock_now + timedelta(minutes=16))
    assert "Sign in with" not in page(asked_anew.browser.get("/sign-in/again"))
    answer = asked_anew.signs_in("/sign-in/again/with/council", **times())
    assert "does not say that it asked for two factors" in page(answer)
    assert asked_anew.browser.get("/account/password").status_code == 302
    answer = asked_anew.signs_in("/sign-in/again/with/council", **times(), amr=["mfa"])
    assert asked_anew.browser.get("/account/password").status_code == 200


def test_a_sign_in_there_of_long_ago_is_not_fresh_here(linked: Person, visitor: Visitor) -> None:
    """The provider's session lets in without asking; what matters asks."""
    visitor.signs_in(auth_time=at(hours=-2))
    assert visitor.browser.get("/messages").status_code == 200
    assert visitor.browser.get("/account/password")["Location"].startswith("/sign-in/again")
    visitor.browser.post("/sign-in/out")
    visitor.signs_in(auth_time=None)
    assert visitor.browser.get("/account/password")["Location"].startswith("/sign-in/again")


def test_a_sign_in_there_counts_no_longer_than_a_session_here(
    linked: Person, visitor: Visitor
) -> None:
    refused(visitor, visitor.signs_in(auth_time=at(hours=-13)), "did not ask you anew")
    refused(visitor, visitor.signs_in(auth_time=at(hours=1)), "did not ask you anew")

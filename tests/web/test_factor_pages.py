"""Is a second factor asked for where there is one, set up where one must be, never gone round?"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings

from oyez.kit import clock
from oyez.kit.keys import GivenKeys
from oyez.kit.seal import new_key
from oyez.ledger.models import Event
from oyez.people import actions as people
from oyez.people import codes, factors, queries
from oyez.people.models import Person
from tests.entering import a_code, signed_in
from tests.factories import BY, a_channel
from tests.fakes.networks import Log
from tests.web.conftest import page

GOOD = "kettle-orbit-lichen"


@pytest.fixture
def ada(db: None) -> Person:
    ada = people.invite("ada@council.example", name="Ada Clerk", role="officer", by=BY)
    people.choose_password(ada, GOOD, by=BY)
    return ada


@pytest.fixture
def public(settings: Settings) -> None:
    settings.OYEZ = replace(settings.OYEZ, url="https://oyez.example")
    settings.ALLOWED_HOSTS = ["*"]


def by_password(client: Client) -> str:
    answer = client.post("/sign-in", {"email": "ada@council.example", "password": GOOD})
    return answer["Location"]


def by_link(client: Client, person: Person) -> str:
    return client.post(f"/sign-in/{people.make_link(person, by=BY)}")["Location"]


def test_neither_password_nor_link_goes_round_it(client: Client, ada: Person) -> None:
    code = a_code(ada)
    client.get("/sign-in", {"next": "/feeds"})
    for first in (by_password(client), by_link(client, ada)):
        assert first == "/sign-in/factor"
        assert client.get("/messages").status_code == 302
    assert "Your second factor" in page(client.get("/sign-in/factor"))
    assert client.post("/sign-in/factor", {"code": code})["Location"] == "/feeds"
    assert client.get("/messages").status_code == 200
    said = Event.objects.filter(kind="people.signed_in").get()
    assert said.data == {"how": ["link", "recovery code"]}


def test_a_wrong_code_stays_outside_and_five_shut_the_door(client: Client, ada: Person) -> None:
    code = a_code(ada)
    by_password(client)
    for _ in range(5):
        assert "The code is wrong" in page(client.post("/sign-in/factor", {"code": "000000"}))
    answer = client.post("/sign-in/factor", {"code": code})
    assert answer.status_code == 422
    assert "There were too many tries" in page(answer)
    assert client.get("/messages").status_code == 302


def test_where_a_key_is_missing_the_page_says_so(
    client: Client, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = a_code(ada)
    by_password(client)
    monkeypatch.setattr(settings, "OYEZ_SEAL_KEYS", GivenKeys(new_key("k9")))
    answer = client.post("/sign-in/factor", {"code": code})
    assert answer.status_code == 422
    assert "a key is missing" in page(answer)
    assert "The code is wrong" not in page(answer)


def test_the_second_step_waits_a_quarter_of_an_hour(
    client: Client, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = a_code(ada)
    by_password(client)
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + 16 * 60)
    assert client.post("/sign-in/factor", {"code": code})["Location"] == "/sign-in"


def test_without_a_first_proof_there_is_no_second_step(client: Client, ada: Person) -> None:
    code = a_code(ada)
    assert client.get("/sign-in/factor")["Location"] == "/sign-in"
    assert client.post("/sign-in/factor", {"code": code})["Location"] == "/sign-in"


def test_whoever_is_removed_between_the_steps_stays_out(client: Client, ada: Person) -> None:
    code = a_code(ada)
    people.invite("boss@council.example", role="administrator", by=BY)
    by_password(client)
    people.remove(ada, by=BY)
    client.post("/sign-in/factor", {"code": code})
    assert client.get("/messages").status_code == 302


# Setting one up


def test_a_real_house_asks_for_one_before_anything_else(
    client: Client, ada: Person, public: None
) -> None:
    by_password(client)
    for path in ("/", "/messages", "/account", "/account/recovery-codes"):
        assert client.get(path)["Location"].startswith("/account/factors?next=")
    assert client.post("/stop", {"why": "x"}).status_code == 302
    told = page(client.get("/account/factors", {"next": "/messages"}))
    assert "So you need one before you go on" in told
    assert set_up(client).status_code == 200
    assert client.get("/messages").status_code == 200


def set_up(client: Client):
    client.get("/account/factors/app")
    secret = client.session["oyez_app_secret"]
    code = codes.shown(secret, int(clock.now().timestamp()) // codes.STEP)
    return client.post("/account/factors/app", {"code": code})


def test_one_can_still_leave_and_choose_a_language(
    client: Client, ada: Person, public: None
) -> None:
    by_password(client)
    assert client.post("/language", {"language": "cy"}).status_code == 302
    assert client.post("/sign-in/out")["Location"] == "/sign-in"


def test_a_practice_house_lets_a_newcomer_in_and_says_so_on_home(
    client: Client, ada: Person
) -> None:
    by_link(client, ada)
    assert "Set up a second factor" in page(client.get("/"))
    assert "Linking a channel asks for it." not in page(client.get("/"))  # an officer links none
    set_up(client)
    assert "Set up a second factor" not in page(client.get("/"))


def test_whoever_links_channels_is_told_that_it_asks_for_one(client: Client, db: None) -> None:
    role = "administrator"
    by_link(client, people.invite("bo@council.example", name="Bo", role=role, by=BY))
    assert "Linking a channel asks for it." in page(client.get("/"))


def test_linking_a_channel_needs_one_also_in_practice(db: None, log: Log) -> None:
    boss = people.invite("boss@council.example", role="administrator", by=BY)
    client = Client()
    by_link(client, boss)
    path = "/channels/add/fake_findable"
    assert client.get(path)["Location"] == f"/account/factors?next={path}"
    client.get(f"/account/factors?next={path}")
    assert f'href="{path}"' in set_up(client).content.decode()
    assert client.get(path).status_code == 200


def test_with_a_real_channel_the_house_is_real(client: Client, ada: Person, log: Log) -> None:
    a_channel()
    by_link(client, ada)
    assert client.get("/")["Location"].startswith("/account/factors")


def test_who_can_do_no_harm_is_not_asked(client: Client, db: None, public: None) -> None:
    by_link(client, people.invite("rae@council.example", by=BY))
    assert client.get("/messages").status_code == 200


def test_the_codes_are_shown_once_and_everybody_else_is_signed_out(
    client: Client, ada: Person
) -> None:
    elsewhere = Client()
    by_link(elsewhere, ada)
    by_link(client, ada)
    shown = page(set_up(client))
    assert "They are shown now and never again" in shown
    assert client.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302
    assert "Recovery codes left 10" in page(client.get("/account"))


def test_the_secret_is_a_picture_and_letters_and_never_leaves_in_an_address(
    client: Client, ada: Person
) -> None:
    by_link(client, ada)
    answer = client.get("/account/factors/app")
    secret = client.session["oyez_app_secret"]
    assert secret[:4] + " " + secret[4:8] in page(answer)
    assert "<svg" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert "The code is wrong" in page(client.post("/account/factors/app", {"code": "000000"}))
    assert client.session["oyez_app_secret"] == secret


def test_the_last_one_stays_with_whoever_needs_one(ada: Person) -> None:
    a_code(ada)
    client = signed_in(ada)
    there = f"/account/factors/{factors.of(ada).get().pk}/remove"
    assert "Set up another first" in page(client.post(there))
    rae = people.invite("rae@council.example", by=BY)
    a_code(rae)
    client = signed_in(rae)
    assert client.post(there).status_code == 404
    assert client.post(f"/account/factors/{factors.of(rae).get().pk}/remove").status_code == 302
    assert not factors.has_one(rae)


def test_new_recovery_codes_take_a_button(ada: Person) -> None:
    old, client = a_code(ada), signed_in(ada)
    assert "stop working" in page(client.get("/account/recovery-codes"))
    assert old not in page(client.post("/account/recovery-codes"))


# Once more, before what matters


def test_who_has_a_factor_shows_it_again(ada: Person) -> None:
    code, client = a_code(ada), signed_in(ada)
    later = clock.now() + timedelta(minutes=16)
    clock.set_reader(lambda: later)
    try:
        there = client.get("/account/password")["Location"]
        client.get(there)
        assert client.post("/sign-in/again", {"password": GOOD}).status_code == 422
        assert client.post("/sign-in/again", {"code": code})["Location"] == "/account/password"
        assert client.get("/account/password").status_code == 200
    finally:
        clock.set_reader(None)


def test_a_copied_session_ends_where_its_owner_shows_anew_who_they_are(ada: Person) -> None:
    code, client = a_code(ada), Client()
    by_link(client, ada)
    client.post("/sign-in/factor", {"code": code})
    (sitting,) = queries.sittings(ada)
    thief = Client(headers={"cookie": f"oyez={client.cookies['oyez'].value}"})
    assert thief.get("/").status_code == 200
    assert client.post("/sign-in/again", {"code": a_code(ada)}).status_code == 302
    assert client.get("/").status_code == 200
    assert thief.get("/").status_code == 302
    assert [one.pk for one in queries.sittings(ada)] == [sitting.pk]


# Passkeys: what is not one


@pytest.mark.parametrize(
    "said",
    ["", "null", "[]", "{}", "nonsense", '{"response": {"userHandle": "MQ"}}', "[" * 100_000],
)
def test_what_is_no_passkey_is_refused_in_words(
    client: Client, ada: Person, public: None, said: str
) -> None:
    client.post("/sign-in/passkey/challenge")
    answer = client.post("/sign-in/passkey", {"passkey": said})
    assert answer.status_code == 422
    assert "The passkey was not accepted" in page(answer)


def test_a_challenge_names_the_house_and_wants_pin_or_finger(
    client: Client, ada: Person, public: None
) -> None:
    asked = client.post("/sign-in/passkey/challenge", headers={"host": "evil.example"}).json()
    assert asked["publicKey"]["rpId"] == "oyez.example"
    assert asked["publicKey"]["userVerification"] == "required"
    by_link(client, ada)
    made = client.post("/account/factors/passkey/challenge").json()["publicKey"]
    assert made["rp"]["id"] == "oyez.example"
    assert made["authenticatorSelection"]["residentKey"] == "required"


def test_a_house_without_a_name_offers_no_passkeys(client: Client, ada: Person) -> None:
    by_link(client, ada)
    assert "Passkey" not in page(client.get("/account/factors"))
    assert "need a public address" in page(client.get("/account/factors/passkey"))

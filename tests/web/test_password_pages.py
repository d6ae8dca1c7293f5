"""Does a password let in its owner, nobody else, and tell nobody who is here?"""

from __future__ import annotations

from datetime import timedelta
from time import perf_counter

import pytest
from django.test import Client

from oyez.kit import clock
from oyez.ledger.models import Event
from oyez.people import actions as people
from oyez.people.models import Person
from tests.factories import BY
from tests.times import as_if_at
from tests.web.conftest import page

GOOD = "kettle-orbit-lichen"
WRONG = "The e-mail address or the password is wrong. Try again."


@pytest.fixture
def ada(db: None) -> Person:
    ada = people.invite("ada@council.example", name="Ada Clerk", by=BY)
    people.choose_password(ada, GOOD, by=BY)
    return ada


def sign_in(client: Client, email: str = "ada@council.example", password: str = GOOD):
    return client.post("/sign-in", {"email": email, "password": password})


def test_the_right_password_leads_to_where_one_was_going(client: Client, ada: Person) -> None:
    client.get("/sign-in", {"next": "/feeds?page=2"})
    assert sign_in(client, "ADA@council.example")["Location"] == "/feeds?page=2"
    assert client.get("/messages").status_code == 200
    assert client.cookies["oyez_there"].value == ""
    happened = Event.objects.get(kind="people.signed_in")
    assert happened.data == {"how": ["password"]}


def test_the_session_has_another_number_than_before(client: Client, ada: Person) -> None:
    client.get("/sign-in")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["oyez"] = session.session_key
    sign_in(client)
    assert client.cookies["oyez"].value != session.session_key
    assert Client(headers={"cookie": f"oyez={session.session_key}"}).get("/").status_code == 302


@pytest.mark.parametrize("email", ["ada@council.example", "eve@council.example"])
def test_a_wrong_password_and_an_unknown_address_read_the_same(
    client: Client, ada: Person, email: str
) -> None:
    answer = sign_in(client, email, "something else")
    assert answer.status_code == 422
    assert WRONG in page(answer)
    assert "something else" not in answer.content.decode()
    assert Event.objects.filter(kind="people.try_failed").values_list("by_name", flat=True)[0] == (
        "Sign-in page"
    )


def test_they_take_the_same_time(client: Client, ada: Person) -> None:
    """Each costs one slow hash: the shortest of a few tries is near it, for both."""

    def shortest(email: str) -> float:
        taken = []
        for _ in range(3):
            begun = perf_counter()
            sign_in(Client(), email, "something else")
            taken.append(perf_counter() - begun)
        return min(taken)

    known, unknown = shortest("ada@council.example"), shortest("eve@council.example")
    assert 0.5 < known / unknown < 2


def test_somebody_removed_or_without_a_password_reads_the_same(client: Client, ada: Person) -> None:
    people.invite("boss@council.example", role="administrator", by=BY)
    people.remove(ada, by=BY)
    for email in ("ada@council.example", "boss@council.example"):
        assert WRONG in page(sign_in(client, email))


@pytest.mark.parametrize("email", ["ada@council.example", "eve@council.example"])
def test_the_tenth_wrong_try_shuts_the_door_for_a_quarter_of_an_hour(
    ada: Person, email: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oyez.people.actions.entering.authenticate", lambda **_: None)
    for number in range(10):
        assert WRONG in page(sign_in(Client(REMOTE_ADDR=f"192.0.2.{number}"), email))
    monkeypatch.undo()
    assert "There were too many tries. Wait 15 minutes" in page(sign_in(Client(), email))
    with as_if_at(clock.now() + timedelta(minutes=16)):
        assert sign_in(Client(), email).status_code == (302 if email == ada.email else 422)


def test_one_machine_tries_only_so_many_people(
    ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oyez.people.actions.entering.authenticate", lambda **_: None)
    client = Client(REMOTE_ADDR="192.0.2.66")
    said = [page(sign_in(client, f"p{number}@council.example")) for number in range(51)]
    assert [WRONG in one for one in said].count(True) == 50
    assert "too many tries" in said[50]


def test_a_form_from_elsewhere_signs_nobody_in(ada: Person) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict).status_code == 403
    assert strict.get("/").status_code == 302


def test_the_door_stands_in_no_frame_and_no_cache(client: Client, db: None) -> None:
    answer = client.get("/sign-in")
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"] or "no-cache" in answer["Cache-Control"]


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/", "/login/", "/signup/"])
def test_no_page_of_allauth_is_there(client: Client, db: None, path: str) -> None:
    client.raise_request_exception = False
    assert client.get(path).status_code in {302, 404}
    assert client.post(path).status_code in {302, 404}


# Choosing one


def by_link(person: Person) -> Client:
    client = Client()
    client.post(f"/sign-in/{people.make_link(person, by=BY)}")
    return client


def test_whoever_comes_by_a_link_chooses_a_password_and_nobody_else_stays_in(ada: Person) -> None:
    elsewhere, here = Client(), by_link(ada)
    sign_in(elsewhere)
    assert here.post("/account/password", {"password": "another-kettle-moss"}).status_code == 302
    assert "Everywhere else you are signed out" in page(here.get("/account"))
    assert elsewhere.get("/account").status_code == 302
    assert sign_in(Client()).status_code == 422
    assert sign_in(Client(), password="another-kettle-moss").status_code == 302


def test_whoever_came_by_password_must_know_it(client: Client, ada: Person) -> None:
    sign_in(client)
    asked = client.post("/account/password", {"present": "no", "password": "another-kettle-moss"})
    assert "This is not your password" in page(asked)
    new = {"present": GOOD, "password": "another-kettle-moss"}
    assert client.post("/account/password", new)["Location"] == "/account"


def test_a_weak_one_is_asked_for_again_in_words(ada: Person) -> None:
    answer = by_link(ada).post("/account/password", {"password": "short"})
    assert answer.status_code == 422
    assert "Enter a longer password: at least 15 characters" in page(answer)


def test_a_quarter_of_an_hour_later_the_password_is_asked_again(
    client: Client, ada: Person
) -> None:
    sign_in(client)
    later = clock.now() + timedelta(minutes=16)
    clock.set_reader(lambda: later)
    try:
        asked = client.get("/account/password")["Location"]
        assert asked == "/sign-in/again?next=/account/password"
        client.get(asked)
        assert "not your password" in page(client.post("/sign-in/again", {"password": "no"}))
        onward = client.post("/sign-in/again", {"password": GOOD})
        assert onward["Location"] == "/account/password"
        assert client.get("/account/password").status_code == 200
    finally:
        clock.set_reader(None)

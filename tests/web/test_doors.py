"""Is a password taken as it was typed, whole and for as long as its owner likes, in a field that a
password manager can fill; and does a session that ended open nothing any more?
"""

from __future__ import annotations

import string
from collections.abc import Iterator
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client

from oyez.kit import clock
from oyez.people import actions as people
from oyez.people import codes, limits, tries
from oyez.people.models import Person
from oyez.people.rules import door
from oyez.web.account.forms import PasswordForm
from tests.factories import BY

LONG = "Nine lichens orbit 4 kettles; " * 4  # 120 signs, spaces at its end


@pytest.fixture
def ada(db: None) -> Person:
    ada = people.invite("ada@council.example", name="Ada Clerk", by=BY)
    people.choose_password(ada, LONG, by=BY)
    return ada


@pytest.fixture
def years_later() -> Iterator[None]:
    then = clock.now() + timedelta(days=5 * 365)
    clock.set_reader(lambda: then)
    yield
    clock.set_reader(None)


def opens(password: str) -> bool:
    who = people.try_password("ada@council.example", password, where="192.0.2.1", by=door())
    return who is not None


@pytest.mark.parametrize(
    "other", [LONG.strip(), LONG.lower(), LONG[:72], LONG[:-1], LONG + " ", LONG.replace(";", "")]
)
def test_each_sign_counts_to_the_last_of_a_hundred_and_twenty(ada: Person, other: str) -> None:
    assert opens(LONG)
    assert not opens(other)


def test_no_day_comes_on_which_it_must_be_changed(ada: Person, years_later: None) -> None:
    assert opens(LONG)


def test_what_is_typed_is_hidden_and_a_password_manager_may_fill_it(
    client: Client, db: None
) -> None:
    pages = [client.get("/sign-in").content.decode(), str(PasswordForm(asks_present=True))]
    fields = [one for page in pages for one in BeautifulSoup(page, "html.parser").find_all("input")]
    asked = [one for one in fields if "assword" in one["name"] or one["name"] == "present"]
    assert [one["autocomplete"] for one in asked] == [
        *("current-password", "current-password", "new-password")
    ]
    for field in asked:
        assert field["type"] == "password"
        assert int(field.get("maxlength", 999)) >= 64
        assert not {"onpaste", "readonly", "value", "pattern"} & set(field.attrs)


def test_the_log_has_a_door_that_is_tried_too_often(
    client: Client, db: None, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(limits.PASSWORD_OF.most):
        tries.spend(limits.PASSWORD_OF, "ada@council.example")
    client.post("/sign-in", {"email": "ada@council.example", "password": "a canary"})
    assert "Too many tries: password of" in caplog.text
    assert "ada" not in caplog.text
    assert "canary" not in caplog.text


def test_a_link_cannot_be_guessed(ada: Person) -> None:
    one, other = (people.make_link(ada, by=BY) for _ in range(2))
    assert one != other
    assert len(one) == 43  # of 64 signs each: 256 bits


def test_recovery_codes_and_seeds_have_bits_enough() -> None:
    """5 bits a letter: 112 let a plain digest be enough, 160 are what RFC 4226 wishes for."""
    made = codes.new_recovery_codes() + codes.new_recovery_codes()
    seeds = [codes.new_secret() for _ in range(20)]
    assert len(set(made)) == len(set(seeds)) == 20
    assert all(5 * len(code.replace("-", "")) >= 112 for code in made)
    assert all(5 * len(seed) >= 160 for seed in seeds)


def test_nobody_asks_for_a_hint_or_a_mother_s_name() -> None:
    names = {field.name for field in Person._meta.get_fields()}
    assert not [one for one in names if "hint" in one or "question" in one or "answer" in one]


def test_a_session_s_number_cannot_be_guessed(reader: Client) -> None:
    number = reader.cookies[settings.SESSION_COOKIE_NAME].value
    assert len(number) == 32  # of 36 signs each: 165 bits
    assert set(number) <= set(string.ascii_lowercase + string.digits)


def test_a_session_that_was_signed_out_opens_nothing_any_more(reader: Client) -> None:
    name = settings.SESSION_COOKIE_NAME
    kept = Client(headers={"cookie": f"{name}={reader.cookies[name].value}"})
    assert kept.get("/").status_code == 200
    reader.post("/sign-in/out")
    assert kept.get("/").status_code == 302

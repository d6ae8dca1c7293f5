"""Which passwords are taken, and does nobody learn which one was asked about?"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha1

import pytest
from pytest_django import Settings

from oyez.people import actions, outside, passwords
from oyez.people.models import Person
from oyez.people.passwords import Weak
from tests.factories import BY
from tests.servers.breaches import Stolen, serving

GOOD = "kettle-orbit-lichen"
STOLEN = "correct horse battery staple"


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("fourteen chars", "short"),
        ("x" * 201, "long"),
        ("abababababababab", "simple"),
        ("Ada.Clerk@council.example1", "yours"),
        ("oyez-ada-clerk-1", "yours"),
        ("exactly fifteen", ""),
        ("ada clerk likes lichen", ""),
        (GOOD, ""),
        ("пароль из трёх слов", ""),
    ],
)
def test_length_counts_and_guesses_do_not(password: str, why: str) -> None:
    ada = Person(name="Ada Clerk", email="ada.clerk@council.example")
    assert passwords.weakness(password, passwords.about(ada)) == why


@pytest.fixture
def ada(db: None) -> Person:
    return actions.invite("ada@council.example", name="Ada Clerk", by=BY)


@pytest.fixture
def stolen(settings: Settings) -> Iterator[Stolen]:
    with serving(STOLEN) as stolen:
        here = f"127.0.0.1:{stolen.port}"
        settings.OYEZ = replace(settings.OYEZ, breach_check=stolen.url, allow_private=(here,))
        outside.client.cache_clear()
        yield stolen
    outside.client.cache_clear()


def test_a_stolen_password_is_not_taken_and_is_not_told(ada: Person, stolen: Stolen) -> None:
    with pytest.raises(Weak, match="known from a theft"):
        actions.choose_password(ada, STOLEN, by=BY)
    digest = sha1(STOLEN.encode()).hexdigest().upper()
    assert stolen.asked == [(f"/range/{digest[:5]}", "true")]
    assert not Person.objects.get().has_usable_password()


def test_padding_is_no_theft(ada: Person, stolen: Stolen) -> None:
    stolen.padding.append(GOOD)
    actions.choose_password(ada, GOOD, by=BY)
    assert ada.check_password(GOOD)


@pytest.mark.parametrize("says", [(503, b""), (200, b"not a list at all"), (200, b"\xff:1")])
def test_while_the_service_is_away_one_chooses_all_the_same(
    ada: Person, stolen: Stolen, says: tuple[int, bytes], caplog: pytest.LogCaptureFixture
) -> None:
    stolen.says = says
    with caplog.at_level(logging.WARNING):
        assert passwords.judge(STOLEN, ada) is None
    assert "Nobody could say whether a new password is a stolen one" in caplog.text
    assert STOLEN not in caplog.text


def test_what_everybody_uses_is_known_without_asking(ada: Person) -> None:
    with pytest.raises(Weak, match="known"):
        passwords.judge("1q2w3e4r5t6y7u8i", ada)


def test_the_same_characters_are_the_same_password_however_typed(ada: Person) -> None:
    actions.choose_password(ada, "crème brûlée für alle", by=BY)
    typed = "cre\u0300me bru\u0302le\u0301e fu\u0308r alle"
    assert actions.try_password(ada.email, typed, where="192.0.2.1", by=BY) == ada


def test_it_is_kept_under_a_slow_salted_hash(ada: Person) -> None:
    actions.choose_password(ada, GOOD, by=BY)
    assert Person.objects.get().password.startswith("scrypt$")

"""Is a door tried only so often, by however many processes at once, and does it open again?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from oyez.kit import clock
from oyez.people import actions, forgetting, limits, tries
from oyez.people.limits import Limit
from oyez.people.models import Try
from oyez.people.tries import TooMany
from tests.factories import BY
from tests.times import as_if_at

THREE = Limit("test", 3, timedelta(minutes=15))


@pytest.mark.django_db
def test_three_and_no_more_until_the_first_is_old_enough() -> None:
    for _ in range(3):
        tries.spend(THREE, "ada@council.example")
    with pytest.raises(TooMany, match="Wait 15 minutes"):
        tries.spend(THREE, "Ada@Council.example")
    assert tries.spend(THREE, "ben@council.example")
    with as_if_at(clock.now() + timedelta(minutes=16)):
        assert tries.spend(THREE, "ada@council.example")


@pytest.mark.django_db
def test_what_was_no_guess_costs_nothing() -> None:
    for _ in range(5):
        tries.give_back([tries.spend(THREE, "ada")])


@pytest.mark.django_db
def test_what_was_typed_is_not_kept_and_the_rest_is_forgotten_in_a_day() -> None:
    assert "rhys" not in tries.spend(THREE, "rhys").door
    Try.objects.update(at=clock.now() - timedelta(days=2))
    forgetting.forget()
    assert not Try.objects.exists()


def _spends(_: int) -> bool:
    try:
        tries.spend(THREE, "ada")
    except TooMany:
        return False
    else:
        return True
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_many_at_once_are_no_more() -> None:
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(_spends, range(24))) == 3


@pytest.mark.django_db
def test_one_machine_is_its_whole_network_where_it_has_a_new_address_for_each_try(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "PASSWORD_FROM", Limit("password from", 2, timedelta(minutes=15)))
    for number in range(2):
        where = f"2001:db8:1:2::{number}"
        actions.try_password(f"{number}@council.example", "a guess", where=where, by=BY)
    with pytest.raises(TooMany):
        actions.try_password("3@council.example", "a guess", where="2001:db8:1:2:9::", by=BY)

"""One-time links: once, in time, and never by a mere look."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from oyez.kit import clock
from oyez.ledger.actor import NotAllowed, Refusal
from oyez.people import actions, queries
from oyez.people.models import Person, SignInLink
from tests.factories import BY
from tests.times import as_if_at

pytestmark = pytest.mark.django_db


def an_administrator() -> Person:
    return actions.invite("ada@council.example", name="Ada", role="administrator", by=BY)


def test_a_link_lets_its_person_in_once() -> None:
    token = actions.make_link(an_administrator(), by=BY)
    assert actions.use_link(token).name == "Ada"
    with pytest.raises(Refusal, match="has been used"):
        actions.use_link(token)


def test_a_link_lasts_fifteen_minutes() -> None:
    token = actions.make_link(an_administrator(), by=BY)
    late = as_if_at(clock.now() + timedelta(minutes=16))
    with late, pytest.raises(Refusal, match="too old"):
        actions.use_link(token)


def test_only_a_digest_is_kept() -> None:
    token = actions.make_link(an_administrator(), by=BY)
    assert token not in SignInLink.objects.get().digest


def test_a_removed_person_s_link_is_worth_nothing() -> None:
    an_administrator()
    ben = actions.invite("ben@council.example", by=BY)
    token = actions.make_link(ben, by=BY)
    actions.remove(ben, by=BY)
    with pytest.raises(Refusal):
        actions.use_link(token)


def test_the_last_administrator_stays() -> None:
    with pytest.raises(Refusal, match="last administrator"):
        actions.remove(an_administrator(), by=BY)


def test_an_invited_person_is_invited_once_in_any_case() -> None:
    an_administrator()
    with pytest.raises(Refusal, match="already here"):
        actions.invite("ADA@council.example", by=BY)


def test_a_wrong_address_is_refused_in_words() -> None:
    with pytest.raises(Refusal, match="not an e-mail address"):
        actions.invite("ada at council", by=BY)


def test_somebody_removed_may_come_back() -> None:
    an_administrator()
    ben = actions.invite("ben@council.example", by=BY)
    actions.remove(ben, by=BY)
    assert actions.invite("ben@council.example", by=BY).pk == ben.pk


def test_the_first_start_makes_an_administrator_and_later_starts_make_links() -> None:
    assert actions.first_link(by=BY)
    assert actions.first_link(by=BY)
    assert Person.objects.count() == 1
    signed_in: datetime = clock.now()
    Person.objects.update(last_login=signed_in)
    assert (actions.first_link(by=BY), queries.somebody_runs_the_house()) == ("", True)


def test_a_reader_invites_nobody() -> None:
    rae = actions.invite("rae@council.example", by=BY)
    with pytest.raises(NotAllowed):
        actions.invite("eve@council.example", by=rae)


def test_an_invitation_lasts_a_week_and_is_used_once_with_all_its_sisters() -> None:
    ada = an_administrator()
    first, second = (actions.make_link(ada, invites=True, by=BY) for _ in range(2))
    with as_if_at(clock.now() + timedelta(days=6)):
        assert actions.use_link(second) == ada
        for used in (first, second):
            with pytest.raises(Refusal):
                actions.use_link(used)

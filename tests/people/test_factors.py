"""Second factors: is each code taken once, by whomever is first, and is what is secret sealed?"""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import connections

from oyez.kit import clock
from oyez.kit.seal import Unsealable
from oyez.ledger.actor import NotAllowed, Refusal
from oyez.ledger.models import Event
from oyez.people import actions, codes, factors
from oyez.people.models import Person
from oyez.people.rules import door
from oyez.people.tries import TooMany
from tests.entering import a_code
from tests.factories import BY

DOOR = door()
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # of RFC 6238, appendix B


def test_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B, in six digits."""
    known = {59: "287082", 1111111109: "081804", 2000000000: "279037"}
    assert {at: codes.shown(SECRET, at // codes.STEP) for at in known} == known


@pytest.mark.parametrize(("late", "counts"), [(-90, False), (-30, True), (30, True), (90, False)])
def test_a_clock_may_go_wrong_by_one_step(late: int, counts: bool) -> None:
    now = datetime(2026, 11, 28, 12, 0, 15, tzinfo=UTC)
    code = codes.shown(SECRET, (int(now.timestamp()) + late) // codes.STEP)
    assert (codes.step_of(SECRET, f" {code[:3]} {code[3:]}", now) is not None) is counts


@pytest.mark.parametrize("odd", ["", "12345", "1234567", "١٢٣٤٥٦", "\0", "None"])
def test_what_is_no_code_is_none(odd: str) -> None:
    assert codes.step_of(SECRET, odd, datetime(2026, 11, 28, tzinfo=UTC)) is None


@pytest.fixture
def ada(db: None) -> Person:
    return actions.invite("ada@council.example", name="Ada", role="officer", by=BY)


def now_shown(after: int = 0) -> str:
    return codes.shown(SECRET, int(clock.now().timestamp()) // codes.STEP + after)


@pytest.fixture
def app(ada: Person) -> list[str]:
    """Ada has an app; her recovery codes."""
    return actions.add_app(ada, SECRET, now_shown(), by=ada)


def test_an_app_counts_once_it_shows_the_right_code(ada: Person) -> None:
    with pytest.raises(Refusal, match="wrong"):
        actions.add_app(ada, SECRET, "000000", by=ada)
    assert not factors.has_one(ada)


def test_a_code_is_taken_once_and_no_older_one_after_it(ada: Person, app: list[str]) -> None:
    with pytest.raises(Refusal, match="has been used"):
        actions.use_code(ada, now_shown(), by=DOOR)
    assert actions.use_code(ada, now_shown(after=1), by=DOOR) == "app"
    with pytest.raises(Refusal):
        actions.use_code(ada, now_shown(after=1), by=DOOR)


def test_a_recovery_code_is_taken_once_however_it_is_typed(ada: Person, app: list[str]) -> None:
    assert len(app) == len(set(app)) == 10
    assert actions.use_code(ada, app[3].lower().replace("-", " "), by=DOOR) == "recovery code"
    with pytest.raises(Refusal):
        actions.use_code(ada, app[3], by=DOOR)
    assert factors.codes_left(ada) == 9


def test_new_recovery_codes_end_the_old_ones(ada: Person, app: list[str]) -> None:
    fresh = actions.make_codes(ada, by=ada)
    with pytest.raises(Refusal):
        actions.use_code(ada, app[0], by=DOOR)
    assert actions.use_code(ada, fresh[0], by=DOOR)


def test_five_wrong_codes_shut_the_door_also_for_the_right_one(ada: Person, app: list[str]) -> None:
    for _ in range(5):
        with pytest.raises(Refusal, match="wrong"):
            actions.use_code(ada, "000000", by=DOOR)
    with pytest.raises(TooMany):
        actions.use_code(ada, app[0], by=DOOR)


def test_nothing_secret_is_readable_and_nobody_else_s_opens(ada: Person, app: list[str]) -> None:
    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET not in kept
    assert codes.digest(app[0]) not in kept
    ben = actions.invite("ben@council.example", by=BY)
    Authenticator.objects.update(user=ben)
    with pytest.raises(Unsealable):
        factors.opened(Authenticator.objects.get(user=ben, type=factors.RECOVERY))
    assert factors.codes_left(ben) == 0


def test_with_the_last_factor_the_recovery_codes_go_too(ada: Person, app: list[str]) -> None:
    actions.remove_factor(ada, factors.of(ada).get().pk, by=ada)
    assert (factors.has_one(ada), factors.codes_left(ada)) == (False, 0)
    assert not Authenticator.objects.exists()


def test_only_the_machine_itself_takes_them_all_away(ada: Person, app: list[str]) -> None:
    boss = actions.invite("boss@council.example", role="administrator", by=BY)
    with pytest.raises(NotAllowed):
        actions.reset_factors(ada, by=boss)
    actions.choose_password(ada, "kettle-orbit-lichen", by=ada)
    actions.reset_factors(ada, by=BY)
    assert not Person.objects.get(pk=ada.pk).has_usable_password()  # or its thief is first
    assert not factors.has_one(ada)
    assert Event.objects.filter(kind="people.factors_reset", on_id=str(ada.pk)).exists()


def test_a_new_factor_ends_every_session(ada: Person) -> None:
    before = ada.get_session_auth_hash()
    a_code(ada)
    assert Person.objects.get(pk=ada.pk).get_session_auth_hash() != before


@pytest.mark.parametrize(
    ("role", "duties", "needs"),
    [
        ("administrator", [], True),
        ("officer", [], True),
        ("approver", [], True),
        ("writer", [], False),
        ("reader", [], False),
        ("reader", ["monitoring_officer"], True),
    ],
)
def test_whoever_can_publish_connect_or_let_in_needs_one(
    role: str, duties: list[str], needs: bool
) -> None:
    assert Person(role=role, duties=duties).needs_factor is needs


def _at_once(do: Callable[[], object]) -> list[bool]:
    def tried(_: int) -> bool:
        try:
            do()
        except Refusal:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(4) as pool:
        return list(pool.map(tried, range(4)))


@pytest.mark.django_db(transaction=True)
def test_of_many_who_use_a_code_at_once_one_does() -> None:
    eve = actions.invite("eve@council.example", by=BY)
    code = actions.add_app(eve, SECRET, now_shown(), by=eve)[0]
    assert _at_once(lambda: actions.use_code(eve, code, by=DOOR)).count(True) == 1
    later = clock.now() + timedelta(seconds=30)
    shown = codes.shown(SECRET, int(later.timestamp()) // codes.STEP)
    assert _at_once(lambda: actions.use_code(eve, shown, by=DOOR)).count(True) == 1

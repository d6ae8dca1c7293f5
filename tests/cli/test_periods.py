"""`oyez periods`, as people and programs use it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from oyez.kit import clock
from tests.cli.test_verbs import listed, oyez

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    clock.set_reader(lambda: datetime(2026, 11, 24, 12, tzinfo=UTC))
    yield
    clock.set_reader(None)


def test_the_days_are_proposed_from_the_poll_and_nothing_is_opened() -> None:
    (found,) = listed("periods", "propose", "--poll", "2027-05-06", "--nation", "wales")
    assert found == {
        "begins_on": "2027-03-31",
        "ends_on": "2027-05-06",
        "nation": "Wales",
        "kind": "pre_election",
    }
    assert (
        "returning officer’s date wins" in oyez("periods", "propose", "--poll", "2027-05-06").output
    )
    assert listed("periods", "list") == []


def test_one_is_added_changed_and_closed() -> None:
    said = oyez("periods", "add", "County election", "--poll", "2027-05-06")
    assert "County election: 31 March 2027 to 6 May 2027." in said.output
    assert "Add them with: oyez figures add" in said.output
    (one,) = listed("periods", "list")
    assert (one["state"], one["begins_on"], one["ends_at"]) == (
        "to come",
        "2027-03-31",
        "2027-05-06T21:00:00+00:00",
    )
    number = str(one["id"])
    changed = oyez("periods", "change", number, "--begins", "2027-03-24")
    assert "Computed: 31 March 2027; your date counts." in changed.output
    assert oyez("periods", "close", number, "--why", "Called off").exit_code == 0
    assert listed("periods", "list") == []
    (closed,) = listed("periods", "list", "--all")
    assert (closed["state"], closed["ended_why"]) == ("closed", "Called off")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", "x", "--poll", "2037-05-06"], "more than two years ahead"),
        (["add", "x"], "Give the polling day"),
        (["add", " ", "--poll", "2027-05-06"], "Give the period a name"),
        (["close", "7", "--why", "x"], "There is no period 7"),
    ],
)
def test_a_refusal_is_one_sentence_and_exit_code_1(words: list[str], said: str) -> None:
    result = oyez("periods", *words)
    assert result.exit_code == 1
    assert said in result.output


def test_a_day_that_does_not_exist_is_wrong_usage() -> None:
    assert oyez("periods", "add", "x", "--poll", "2027-02-30").exit_code == 2

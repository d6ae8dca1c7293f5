"""`oyez steps`: who must say yes before something goes to a channel."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from oyez.channels.models import Channel
from oyez.decisions import queries
from oyez.decisions.rules import ALL, ANY, QUORUM, Asked
from oyez.ledger.models import Event
from oyez.people import actions as people
from oyez.people.models import Person
from oyez.people.rules import APPROVER, OFFICER, READER
from tests.cli.test_verbs import listed, oyez
from tests.factories import BY, a_channel
from tests.fakes.networks import Findable, fakes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def town() -> Iterator[Channel]:
    with fakes(Findable):
        yield a_channel(name="Town")


@pytest.fixture
def ben() -> Person:
    return people.invite("ben@council.example", name="Ben", role=APPROVER, by=BY)


def test_steps_are_said_shown_and_taken_away(town: Channel, ben: Person) -> None:
    assert "asks nobody besides the author" in oyez("steps", "Town").stdout
    steps = ("--ask", "officer", "--ask", f"all:{ben.email}", "--ask", "2:approver")
    assert oyez("steps", "Town", *steps).exit_code == 0
    assert queries.steps_for([town]) == [
        Asked(ANY, role=OFFICER),
        Asked(ALL, people=(ben.pk,)),
        Asked(QUORUM, 2, APPROVER),
    ]
    assert [row["need"] for row in listed("steps", "Town")] == ["any", "all", "2 of them"]
    assert listed("steps", "Town")[1]["asks"] == "Ben"
    assert oyez("steps", "Town", "--nobody").exit_code == 0
    assert queries.steps_for([town]) == []


@pytest.mark.parametrize(
    ("step", "says"),
    [
        ("nobody@council.example", "nobody’s address here"),
        ("approver,officer", "names two roles"),
        ("all:", "no role and nobody’s address"),
        ("99:approver", "a number from 1 to 20"),
        ("reader", "A reader may not approve."),
        ("rhys@council.example", "Rhys may not approve there."),
    ],
)
def test_what_asks_nobody_is_refused_in_words(town: Channel, step: str, says: str) -> None:
    people.invite("rhys@council.example", name="Rhys", role=READER, by=BY)
    refused = oyez("steps", "Town", "--ask", step)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert says in refused.stderr
    assert queries.steps_for([town]) == []


def test_both_at_once_is_wrong_usage() -> None:
    assert oyez("steps", "Town", "--ask", "approver", "--nobody").exit_code == 2


def test_the_record_says_who_was_asked_to_approve(town: Channel, ben: Person) -> None:
    oyez("steps", "Town", "--ask", "officer", "--ask", f"all:{ben.email}")
    asks = Event.objects.get(kind="decisions.steps_set").data["asks"]
    assert [(one["role"], one["people"]) for one in asks] == [(OFFICER, []), ("", [ben.pk])]

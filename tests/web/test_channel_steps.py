"""Saying on a channel's page who must approve what goes there."""

from __future__ import annotations

import pytest
from django.test import Client

from oyez.decisions import actions, queries
from oyez.decisions.rules import Asked
from oyez.ledger.actor import Refusal
from oyez.people import actions as people
from oyez.people.rules import APPROVER, MONITORING_OFFICER, READER
from tests.factories import BY, a_channel
from tests.fakes.networks import Log
from tests.web.conftest import page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def networks(log: Log) -> None:
    """Every test here has a channel."""


def test_steps_are_chosen_said_in_words_and_taken_away_again(administrator: Client) -> None:
    ben = people.invite("ben@council.example", name="Ben", role=APPROVER, by=BY)
    channel = a_channel(name="Town")
    here = f"/channels/{channel.pk}"
    assert "Nobody besides an author who may publish" in page(administrator.get(here))
    told = {
        "role_1": APPROVER,
        "need_1": "quorum",
        "count_1": "2",
        "role_2": MONITORING_OFFICER,
        "people_3": [ben.pk],
        "need_3": "all",
    }
    said = page(administrator.post(f"{here}/steps", told, follow=True))
    assert (
        "2 of Ada Clerk, Ben; any one of the monitoring officer, and nobody is; all of Ben" in said
    )
    assert queries.steps_for([channel]) == [
        Asked("quorum", 2, APPROVER),
        Asked(role=MONITORING_OFFICER),
        Asked("all", people=(ben.pk,)),
    ]
    shown = administrator.get(f"{here}/steps").content.decode()
    assert 'value="2"' in shown
    administrator.post(f"{here}/steps", {})
    assert queries.steps_for([channel]) == []


def test_a_number_that_makes_no_sense_is_said_and_all_kept(administrator: Client) -> None:
    channel = a_channel()
    told = {"role_1": APPROVER, "need_1": "quorum", "count_1": "many"}
    answer = administrator.post(f"/channels/{channel.pk}/steps", told)
    assert answer.status_code == 422
    assert "Enter a number from 1 to 20" in page(answer)
    assert 'value="many"' in answer.content.decode()
    assert queries.steps_for([channel]) == []


def test_nobody_is_asked_who_could_never_say_yes(administrator: Client) -> None:
    rhys = people.invite("rhys@council.example", name="Rhys", role=READER, by=BY)
    channel = a_channel()
    told = {"role_1": APPROVER, "people_2": [rhys.pk]}
    answer = administrator.post(f"/channels/{channel.pk}/steps", told)
    assert answer.status_code == 422
    assert "Rhys may not approve there." in page(answer)
    with pytest.raises(Refusal, match="A reader may not approve"):
        actions.set_steps(channel, [Asked(role=READER)], by=BY)
    assert queries.steps_for([channel]) == []
    people.give(rhys, duties=[MONITORING_OFFICER], by=BY)  # whoever must decide may
    administrator.post(f"/channels/{channel.pk}/steps", told)
    assert len(queries.steps_for([channel])) == 2


def test_a_reader_sees_who_is_asked_and_changes_nothing(reader: Client) -> None:
    channel = a_channel()
    shown = reader.get(f"/channels/{channel.pk}")
    assert "Who must approve" in page(shown)
    assert f"/channels/{channel.pk}/steps" not in shown.content.decode()
    assert reader.post(f"/channels/{channel.pk}/steps", {"role_1": APPROVER}).status_code == 403

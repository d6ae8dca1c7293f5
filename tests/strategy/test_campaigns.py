"""Campaigns: added, changed, closed, and what each still lacks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from oyez.ledger import queries as ledger
from oyez.ledger.actor import NotAllowed, Refusal
from oyez.people.rules import Machine
from oyez.strategy import actions, queries, rules
from oyez.strategy.rules import Said
from tests.factories import BY

pytestmark = pytest.mark.django_db

WHOLE = Said(
    "Winter ready",
    objective="More people sign up for flood alerts",
    audience="Households by the Tamar",
    measure="Sign-ups before and after",
    owner="Ann Bow",
)


def test_what_is_missing_is_named_and_nothing_else() -> None:
    assert rules.missing(WHOLE) == []
    assert rules.missing(Said("x", objective="y", owner=" ")) == [
        "for whom",
        "how it is measured",
        "who owns it",
    ]


def test_the_tag_follows_from_the_name() -> None:
    assert actions.add_campaign(WHOLE, by=BY).tag == "winter-ready"


def test_two_campaigns_have_not_one_tag() -> None:
    actions.add_campaign(WHOLE, by=BY)
    with pytest.raises(Refusal, match="winter-ready is another campaign’s"):
        actions.add_campaign(Said("Winter  Ready!"), by=BY)
    other = actions.add_campaign(Said("Summer"), by=BY)
    with pytest.raises(Refusal, match="another campaign’s"):
        actions.change_campaign(other, tag="winter-ready", by=BY)
    assert [one.tag for one in queries.open_campaigns()] == ["summer", "winter-ready"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Said(" "), "Give the campaign a name"),
        (Said("x", tag="Winter Ready"), "small letters, digits and hyphens"),
        (Said("冬"), "Give a tag"),
        (Said("x", begins_on=date(2027, 2, 2), ends_on=date(2027, 2, 1)), "end before it begins"),
        (Said("x", planned_on=date(2199, 1, 1), plan="Minutes"), "still to come"),
        (Said("x", planned_on=date(2026, 1, 1)), "where the plan can be read"),
        (Said("x", owner="y" * 201), "The owner is too long"),
        (Said("x", plan="y\0"), "cannot be kept"),
    ],
)
def test_what_is_wrong_is_refused_in_words_and_not_kept(said: Said, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        actions.add_campaign(said, by=BY)
    assert not queries.open_campaigns()


def test_a_plan_of_today_with_its_evidence_is_kept() -> None:
    said = Said("x", planned_on=queries.today(), plan="Cabinet minutes, item 4")
    assert actions.add_campaign(said, by=BY).planned_on == queries.today()
    tomorrow = queries.today() + timedelta(days=1)
    with pytest.raises(Refusal):
        actions.add_campaign(Said("y", planned_on=tomorrow, plan="x"), by=BY)


def test_a_change_is_recorded_by_the_names_of_its_parts() -> None:
    campaign = actions.add_campaign(WHOLE, by=BY)
    actions.change_campaign(campaign, owner="Bob Lee", measure=WHOLE.measure, by=BY)
    assert ledger.history(campaign).last().data == {"changed": ["owner"]}
    assert queries.one(campaign.pk).owner == "Bob Lee"


def test_a_closed_one_is_open_no_more_and_closed_once() -> None:
    campaign = actions.close_campaign(actions.add_campaign(WHOLE, by=BY), by=BY)
    assert not queries.open_campaigns()
    assert queries.closed_campaigns().get() == campaign
    with pytest.raises(Refusal, match="closed already"):
        actions.close_campaign(campaign, by=BY)


def test_a_feed_adds_none() -> None:
    with pytest.raises(NotAllowed):
        actions.add_campaign(WHOLE, by=Machine("feed", "1", "Feed"))

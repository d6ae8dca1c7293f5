"""What the body has decided and said of itself reaches the checks of a message."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pytest

from oyez.channels.models import Channel
from oyez.decisions import actions, queries
from oyez.decisions.queries.looking import messages
from oyez.ledger.actor import Refusal
from oyez.people.models import Person
from oyez.policy import actions as policy
from oyez.policy import registry
from oyez.posts import actions as posts
from oyez.posts.draft import Draft
from tests.decisions.conftest import SomeBody
from tests.factories import BY, a_channel
from tests.policy.document import a_version

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def channel() -> Channel:
    return a_channel()


def found(channel: Channel, text: str, by: Person) -> Collection[str]:
    who = {"kind": by.kind, "id": str(by.pk), "name": by.name}
    looked = queries.look_at_draft(Draft(text=text, to=(channel.pk,)), who)
    return [f"{one.check} {one.level.name}" for one in looked[channel]]


def test_a_changed_level_holds_from_the_next_look_on(channel: Channel, someone: SomeBody) -> None:
    asha, shout = someone("Asha"), "LOOK AGAIN PLEASE everybody"
    assert found(channel, shout, asha) == ["AC-9 WARN"]
    policy.change_level("AC-9", "block", why="x", by=BY)
    assert found(channel, shout, asha) == ["AC-9 BLOCK"]
    policy.change_level("AC-9", "off", why="x", by=BY)
    assert found(channel, shout, asha) == []


def test_our_own_telephone_number_is_nobody_s_personal_data(
    channel: Channel, someone: SomeBody
) -> None:
    asha = someone("Asha")
    assert found(channel, "Ring 01822 600100", asha) == ["PR-1 BLOCK"]
    policy.set_fact("own_contacts", ["01822 600 100"], by=BY)
    assert found(channel, "Ring 01822 600100", asha) == []
    assert found(channel, "Ring 01822 600101", asha) == ["PR-1 BLOCK"]


def test_a_welsh_body_is_asked_for_welsh(channel: Channel, someone: SomeBody) -> None:
    asha = someone("Asha")
    policy.set_fact("languages", ["en", "cy"], by=BY)
    assert found(channel, "The bridge is open.", asha) == ["LA-1 BLOCK"]


def test_our_own_shortener_and_words_are_known(channel: Channel, someone: SomeBody) -> None:
    asha = someone("Asha")
    link = "Read https://bit.ly/1"
    assert "SE-4 WARN" in found(channel, link, asha)
    policy.set_fact("shorteners", ["bit.ly"], by=BY)
    assert "SE-4 WARN" not in found(channel, link, asha)
    assert "AC-4 WARN" not in found(channel, "Closed #tavyford", asha)
    policy.set_fact("own_words", ["Tavy Ford"], by=BY)
    assert "AC-4 WARN" in found(channel, "Closed #tavyford", asha)


def test_nobody_on_shift_is_by_the_hours_of_the_house(channel: Channel, someone: SomeBody) -> None:
    asha, asks = someone("Asha"), "What do you think?"
    policy.set_fact("hours", ["mon-sun 00:00-23:59"], by=BY)
    policy.set_fact("hours", ["never"], by=BY)
    assert found(channel, asks, asha) == ["CO-1 WARN"]


def test_rights_lapse_until_the_policy_is_acknowledged(channel: Channel, someone: SomeBody) -> None:
    asha = someone("Asha")
    assert found(channel, "The bridge is open.", asha) == []
    version = policy.publish_version(a_version("3.2"), by=BY)
    draft = posts.start(Draft(text="The bridge is open.", to=(channel.pk,)), by=asha)
    with pytest.raises(Refusal, match=r"Acknowledge policy 3\.2 first"):
        actions.hand_in(draft, by=asha, asking=["SE-1"])
    policy.acknowledge(version, by=asha)
    assert actions.hand_in(draft, by=asha).state == "submitted"


def test_a_policy_stops_no_console_and_no_other_house_rule(channel: Channel) -> None:
    policy.publish_version(a_version(), by=BY)
    draft = posts.start(Draft(text="The bridge is open.", to=(channel.pk,)), by=BY)
    assert actions.hand_in(draft, by=BY).state == "submitted"


def test_what_a_check_is_not_told_is_said_of_it(channel: Channel) -> None:
    """Fails when somebody gathers one of these: then its check is in use, and off the list."""
    draft = Draft(text="x", to=(channel.pk,))
    who = {"kind": BY.kind, "id": BY.id, "name": BY.name}
    said = messages(draft, {channel: "x"}, who)[channel]
    assert (said.answers_case, said.case_facts) == ("", ())
    assert {"PR-3"} <= set(queries.NOT_GIVEN) <= registry.ids()


def test_what_the_desk_keeps_itself_names_a_test_that_is_there() -> None:
    for check, test in queries.KEPT_BY_THE_DESK.items():
        name, _in, path = test.partition(", in ")
        assert check in registry.ids()
        assert f"def {name}(" in (ROOT / path).read_text()

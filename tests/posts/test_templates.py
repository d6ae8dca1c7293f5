"""Words to begin with: kept under one name, changed, removed, and never without their purpose."""

from __future__ import annotations

import pytest

from oyez.ledger.actor import NotAllowed, Refusal
from oyez.people import actions as people
from oyez.people.rules import READER
from oyez.posts import actions, queries
from tests.factories import BY

pytestmark = pytest.mark.django_db


def names(kind: str = "") -> list[str]:
    return [one.name for one in queries.templates(kind)]


def test_holding_statements_stand_apart_and_say_their_purpose() -> None:
    actions.keep_template("Road closed", "The road at … is closed.", by=BY)
    with pytest.raises(Refusal, match="when this holding statement is meant"):
        actions.keep_template("Flood", "We know.", kind="holding", purpose=" ", by=BY)
    first = {"kind": "holding", "purpose": "First hour of a flood"}
    kept = actions.keep_template("Flood", "We know.", **first, by=BY)
    assert (names("holding"), names("template")) == (["Flood"], ["Road closed"])
    assert queries.template(kept.pk).purpose == "First hour of a flood"


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        (" ", "Words.", "Give it a name"),
        ("x" * 101, "Words.", "Give it a name"),
        ("Bins", "\u200b ", "Enter the words"),
        ("Bins", "x" * 20_001, "at most 20,000"),
        ("road CLOSED", "Words.", "already a template called “road CLOSED”"),
    ],
)
def test_what_nobody_could_use_is_refused(name: str, text: str, says: str) -> None:
    actions.keep_template("Road closed", "The road at … is closed.", by=BY)
    with pytest.raises(Refusal, match=says):
        actions.keep_template(name, text, by=BY)
    assert names() == ["Road closed"]


def test_one_is_changed_under_its_own_name_and_a_message_keeps_what_it_began_with() -> None:
    one = actions.keep_template("Road closed", "The road is closed.", language="cy", by=BY)
    post = actions.start(one.draft.going_to([3]), by=BY)
    changed = actions.keep_template("Road closed", "Shut.", template=one, language="cy", by=BY)
    assert (changed.pk, names(), queries.template(one.pk).text) == (one.pk, names(), "Shut.")
    kept = queries.one(post.pk).draft
    assert (kept.text, kept.language, kept.to) == ("The road is closed.", "cy", (3,))


def test_a_removed_one_is_gone_and_its_name_is_free() -> None:
    one = actions.keep_template("Road closed", "The road is closed.", by=BY)
    actions.retire_template(one, by=BY)
    assert names() == []
    with pytest.raises(Refusal, match="no template"):
        queries.template(one.pk)
    with pytest.raises(Refusal, match="was removed"):
        actions.keep_template("Road closed", "Shut.", template=one, by=BY)
    actions.keep_template("Road closed", "Shut.", by=BY)
    assert names() == ["Road closed"]


def test_a_reader_keeps_and_removes_nothing() -> None:
    rhys = people.invite("rhys@council.example", name="Rhys", role=READER, by=BY)
    one = actions.keep_template("Road closed", "The road is closed.", by=BY)
    with pytest.raises(NotAllowed):
        actions.keep_template("Bins", "Late.", by=rhys)
    with pytest.raises(NotAllowed):
        actions.retire_template(one, by=rhys)
    assert names() == ["Road closed"]

"""What is refused when it is left empty is not called optional."""

from __future__ import annotations

import pytest
from django.test import Client

from oyez.decisions import actions, queries
from oyez.decisions.rules import Asked
from oyez.people.rules import APPROVER
from tests.factories import BY, a_channel, a_post
from tests.feeds.source import Source
from tests.web.conftest import page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("log")]


def test_the_channels_of_a_feed_are_not(officer: Client, source: Source) -> None:
    shown = page(officer.post("/feeds/add", {"url": source.url}))
    assert "Name (optional)" in shown
    assert "Channels its items go to (optional)" not in shown
    assert "Channels its items go to" in shown


def test_what_should_change_is_not(officer: Client) -> None:
    channel = a_channel()
    actions.set_steps(channel, [Asked(role=APPROVER)], by=BY)
    post = a_post(to=[channel])
    actions.open_review(post, by=BY)
    review = queries.review_of(post)
    assert review
    shown = page(officer.get(f"/approve/{review.pk}/changes"))
    assert "What should change in the message?" in shown
    assert "(optional)" not in shown


@pytest.mark.parametrize(
    ("path", "asks"),
    [
        ("/settings/templates/add", "When is it meant to be used?"),
        ("/planner/import", "Table (CSV)"),
    ],
)
def test_neither_are_a_purpose_and_a_table(officer: Client, path: str, asks: str) -> None:
    shown = page(officer.get(path))
    assert asks in shown
    assert f"{asks} (optional)" not in shown

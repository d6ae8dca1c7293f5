"""A stranger posts on the council's channel: it is seen, answered for, and cut off."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from oyez.channels.models import Channel
from oyez.listening import actions as listening
from tests.factories import BY, a_channel
from tests.fakes.networks import Log, Watched, fakes
from tests.journeys.walker import Walker

LURE = "We give away coins to the first hundred who write to us: https://coins.example/town"


@pytest.fixture
def networks() -> Iterator[Log]:
    with fakes(Watched) as log:
        yield log


@pytest.fixture
def town(networks: Log) -> Channel:
    channel = a_channel(Watched, name="Town")
    listening.look(channel, by=BY)
    return channel


def test_a_stranger_s_post_is_answered_for(officer: Walker, networks: Log, town: Channel) -> None:
    networks.somebody_posts(LURE)
    listening.look(town, by=BY)
    officer.opens("/").sees("Is somebody else posting as us?")
    officer.follows("Look and answer").sees("Town shows a post that Oyez did not send.", LURE)
    officer.photographs("takeover-alarm")
    officer.presses("It was us (Town)").sees("Was all of this one of us?").photographs(
        "takeover-answer"
    )
    officer.presses("Yes, it was us").sees("Answered for Town.")
    officer.opens("/").does_not_see("Is somebody else posting as us?")


def test_two_clicks_cut_everything_off(officer: Walker, networks: Log, town: Channel) -> None:
    officer.opens("/stop").photographs("takeover-stop")
    officer.follows("Somebody else is posting as us").photographs("takeover-empty")
    officer.presses("Cut all channels off").sees("Sending stops at once.")
    officer.photographs("takeover-confirm").presses("Cut all channels off")
    officer.sees("The token is ended.", "By hand:", "How to come back")
    officer.photographs("takeover-done")
    assert networks.revoked == ["s3cret"]


def test_a_drill_is_held_and_remembered(officer: Walker, networks: Log, town: Channel) -> None:
    officer.opens("/stop/takeover").presses("Hold a drill").sees("No access is ended")
    officer.presses("Hold the drill").sees("Last drill", "It answers; nothing was ended.")
    officer.photographs("takeover-drill")
    assert networks.revoked == []

"""Stop and resume, and whom they concern."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from oyez.emergency import actions, queries
from oyez.ledger.actor import Refusal
from tests.factories import BY, a_channel, a_post
from tests.fakes.networks import Findable, Keyed, Log, fakes
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Findable, Keyed) as log:
        yield log


def test_one_channel_is_stopped_and_the_others_go_on(log: Log) -> None:
    quiet, loud = a_channel(), a_channel(Keyed)
    actions.stop(quiet, why="Password leaked", by=BY)
    a_post("Hello", to=[quiet, loud])
    run_jobs()
    assert len(log.texts) == 1


def test_pressing_twice_is_one_stop() -> None:
    first = actions.stop(None, why="Storm", by=BY)
    assert actions.stop(None, why="Storm again", by=BY) == first
    assert queries.in_force().count() == 1


def test_a_stop_needs_a_reason() -> None:
    with pytest.raises(Refusal, match="Say why"):
        actions.stop(None, why="  ", by=BY)


def test_resuming_what_is_not_stopped_says_so() -> None:
    with pytest.raises(Refusal, match="Nothing is stopped"):
        actions.resume(None, by=BY)

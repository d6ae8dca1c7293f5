"""`oyez slots`, `oyez posts queue|move`, `oyez send-late`: planning from the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from click.testing import CliRunner

from oyez.channels.models import Channel
from oyez.cli.verbs import GROUPS
from oyez.decisions import actions as decisions
from oyez.decisions import queries as reviews
from oyez.decisions.rules import Asked
from oyez.kit import clock
from oyez.people import actions as people
from oyez.people.rules import OFFICER
from oyez.posts import actions, queries
from oyez.posts.draft import Draft
from tests.factories import BY, a_channel, a_post
from tests.fakes.networks import Findable, Log, fakes
from tests.jobs import run_jobs
from tests.times import as_if_at

pytestmark = pytest.mark.django_db(transaction=True)
VERBS = {command.name: command for command in GROUPS}


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Findable) as log:
        yield log


def run(verb: str, *words: str) -> tuple[int, str]:
    answer = CliRunner().invoke(VERBS[verb], list(words))
    return answer.exit_code, answer.output


def test_a_slot_is_kept_filled_and_removed() -> None:
    town = a_channel(name="Town")
    draft = actions.start(Draft(text="Fair", to=(town.pk,)), by=BY)
    assert run("slots", "add", "Town", "monday", "9 o’clock")[0] == 1
    assert "every Monday at 09:05" in run("slots", "add", "Town", "Monday", "09:05")[1]
    assert "has this time already" in run("slots", "add", "Town", "monday", "09:05")[1]
    (slot,) = json.loads(run("slots", "list", "--json")[1])
    assert (slot["channel"], slot["day"], slot["time"]) == ("Town", "monday", "09:05")
    assert "09:05" in run("posts", "queue", str(draft.pk))[1]
    assert queries.one(draft.pk).draft.wall.endswith("T09:05")
    assert run("slots", "remove", str(slot["id"]))[0] == 0
    assert "No time is kept" in run("slots", "list")[1]


def test_a_message_is_moved_and_a_time_that_is_none_changes_nothing() -> None:
    at = (clock.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    post = a_post("Fair", at=at)
    run_jobs()
    before = queries.one(post.pk).draft.wall
    code, said = run("posts", "move", str(post.pk), "half past nine")
    assert (code, "is not a time" in said) == (1, True)
    assert queries.one(post.pk).draft.wall == before
    code, said = run("posts", "move", str(post.pk), f"{at + timedelta(days=1):%Y-%m-%d} 09:05")
    assert (code, "09:05 on" in said, "oyez reviews" in said) == (0, True, False)
    assert queries.one(post.pk).draft.wall.endswith("T09:05")
    decisions.set_steps(Channel.objects.get(name="Findable"), [Asked(role=OFFICER)], by=BY)
    code, said = run("posts", "move", str(post.pk), f"{at + timedelta(days=1):%Y-%m-%d} 09:10")
    assert (code, "waits for somebody else’s yes before. See: oyez reviews" in said) == (0, True)


def test_what_was_approved_late_goes_when_somebody_says_so(log: Log) -> None:
    town = a_channel(name="Town")
    tea = actions.start(Draft("Tea", (town.pk,)), by=BY)
    asha, ben = (
        people.invite(f"{name}@council.example", name=name, role=OFFICER, by=BY)
        for name in ("asha", "ben")
    )
    assert "asks nobody" in run("send-late", str(tea.pk), "--as", ben.email)[1]
    decisions.set_steps(town, [Asked(role=OFFICER)], by=BY)
    at = clock.now() - timedelta(minutes=30)
    with as_if_at(at - timedelta(minutes=30)):
        then = f"{at:%Y-%m-%dT%H:%M}"
        post = decisions.say(Draft("Fair", (town.pk,), wall=then, zone="UTC"), by=asha)
    review = reviews.review_of(post)
    assert review
    decisions.vote_yes(review, digest=review.digest, by=ben)
    run_jobs()
    assert log.texts == []
    assert "goes out now" in run("send-late", str(post.pk), "--as", ben.email)[1]
    run_jobs()
    assert log.texts == ["Fair"]

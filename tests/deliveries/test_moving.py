"""Moving a message changes its time and nothing else, or changes nothing at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from oyez.decisions import actions as decisions
from oyez.decisions import queries as reviews
from oyez.decisions.rules import Asked
from oyez.deliveries import actions, rules
from oyez.deliveries.models import Delivery
from oyez.kit import clock
from oyez.ledger.actor import NotAllowed, Refusal
from oyez.people import actions as people
from oyez.people.models import Person
from oyez.people.rules import APPROVER, OFFICER, READER
from oyez.posts import actions as posts
from oyez.posts import queries
from oyez.posts.draft import Draft
from oyez.posts.models import Post
from tests.factories import BY, a_channel, a_post
from tests.fakes.networks import Findable, Keyed, Log, fakes
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)

LONDON = "Europe/London"


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Findable, Keyed) as log:
        yield log


@pytest.fixture
def soon() -> datetime:
    return (clock.now() + timedelta(days=2)).replace(minute=0, second=0, microsecond=0)


def wall(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M}"


def open_deliveries() -> list[datetime]:
    return [one.due_at for one in Delivery.objects.filter(state=rules.WAITING)]


def a_person(name: str, role: str) -> Person:
    return people.invite(f"{name}@council.example".lower(), name=name, role=role, by=BY)


def test_it_goes_out_at_the_new_time_and_only_then(log: Log, soon: datetime) -> None:
    post = a_post("Bins", at=soon)
    run_jobs()
    later = soon + timedelta(days=3)
    moved = actions.move(post, wall=wall(later), zone="UTC", by=BY)
    run_jobs()
    assert open_deliveries() == [later]
    assert (moved.state, moved.draft.text) == (Post.State.SUBMITTED, "Bins")
    assert log.texts == []


def test_a_draft_stays_a_draft(soon: datetime) -> None:
    post = posts.start(Draft("Bins", (a_channel().pk,), wall=wall(soon), zone="UTC"), by=BY)
    moved = actions.move(post, wall="2027-05-06T09:30", zone=LONDON, by=BY)
    assert moved.is_draft
    assert (moved.draft.wall, moved.draft.zone) == ("2027-05-06T09:30", LONDON)


@pytest.mark.parametrize(
    ("to", "says"),
    [
        ("2027-03-28T01:30", "The clocks skip 01:30"),
        ("2027-10-31T01:30", "twice"),
        ("2020-01-01T10:00", "That time has passed"),
    ],
)
def test_a_time_that_cannot_be_meant_changes_nothing(
    log: Log, soon: datetime, to: str, says: str
) -> None:
    post = a_post("Bins", at=soon)
    run_jobs()
    with pytest.raises(Refusal, match=says):
        actions.move(post, wall=to, zone=LONDON, by=BY)
    run_jobs()
    assert open_deliveries() == [soon]
    assert queries.one(post.pk).version == post.version


def test_the_second_of_two_like_hours_can_be_meant() -> None:
    post = posts.start(Draft("Bins", (a_channel().pk,)), by=BY)
    moved = actions.move(post, wall="2027-10-31T01:30", zone=LONDON, fold=1, by=BY)
    at = moved.draft.goes_at()
    assert at
    assert f"{at:%H:%M}" == "01:30"  # UTC: an hour after the first


def test_what_has_left_is_not_moved(log: Log) -> None:
    post = a_post("Bins")
    run_jobs()
    assert log.texts == ["Bins"]
    with pytest.raises(Refusal, match="A part of it has left"):
        actions.move(post, wall="2027-05-06T09:30", zone=LONDON, by=BY)
    assert not queries.one(post.pk).is_draft


def test_an_approved_message_needs_a_new_yes(log: Log, soon: datetime) -> None:
    asha, ben = a_person("Asha", OFFICER), a_person("Ben", APPROVER)
    channel = a_channel()
    decisions.set_steps(channel, [Asked(role=APPROVER)], by=BY)
    draft = Draft("Bins", (channel.pk,), wall=wall(soon), zone="UTC")
    post = decisions.hand_in(posts.start(draft, by=asha), by=asha)
    review = reviews.review_of(post)
    assert review
    decisions.vote_yes(review, digest=review.digest, by=ben)
    run_jobs()
    assert open_deliveries() == [soon]
    assert reviews.asks_somebody(post, asha)
    actions.move(queries.one(post.pk), wall=wall(soon + timedelta(days=1)), zone="UTC", by=asha)
    run_jobs()
    assert open_deliveries() == []
    assert reviews.open_reviews().filter(post=post).exists()


def test_neither_language_is_moved_without_the_other(soon: datetime) -> None:
    channel = a_channel()
    english, welsh = (
        posts.start(
            Draft(text, (channel.pk,), language=language, wall=wall(soon), zone="UTC"), by=BY
        )
        for text, language in (("Bins", "en"), ("Biniau", "cy"))
    )
    posts.pair(english, welsh, by=BY)
    for one in (english, welsh):
        decisions.hand_in(queries.one(one.pk), by=BY)
    run_jobs()
    later = soon + timedelta(days=1)
    actions.move(queries.one(english.pk), wall=wall(later), zone="UTC", by=BY)
    run_jobs()
    assert open_deliveries() == [later, later]


def test_a_reader_moves_nothing(soon: datetime) -> None:
    post = a_post("Bins", at=soon)
    with pytest.raises(NotAllowed):
        actions.move(post, wall=wall(soon), zone="UTC", by=a_person("Rhys", READER))

"""Does the plan show each message once, at its time, and as it stands?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from oyez.decisions import actions as decisions
from oyez.decisions.rules import Asked
from oyez.deliveries import actions, planned, rules
from oyez.deliveries.models import Delivery
from oyez.deliveries.planned import Planned
from oyez.kit import clock
from oyez.ledger.moment import database_now
from oyez.people.rules import APPROVER
from oyez.posts import actions as posts
from oyez.posts.draft import Draft
from oyez.posts.models import Post
from tests.factories import BY, a_channel, a_feed, a_post, an_item
from tests.fakes.networks import Findable, Keyed, Log, fakes
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Findable, Keyed) as log:
        yield log


@pytest.fixture
def noon() -> datetime:
    """Of the day after tomorrow."""
    return (clock.now() + 2 * DAY).replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture
def a_day_ahead() -> Iterator[None]:
    """The clock of our machine, but not the database’s."""
    clock.set_reader(lambda: datetime.now(UTC) + DAY)
    yield
    clock.set_reader(None)


def a_draft(at: datetime | None, text: str = "The fair opens.", **more: object) -> Post:
    wall = f"{at:%Y-%m-%dT%H:%M}" if at else ""
    draft = Draft(text=text, to=(a_channel(name=text).pk,), wall=wall, zone="UTC" if at else "")
    return posts.start(replace(draft, **more), by=BY)  # type: ignore[arg-type]


def the_day_of(at: datetime) -> list[Planned]:
    begin = at.replace(hour=0)
    return planned.between(begin, begin + DAY)


def test_a_message_on_two_channels_is_one_line_with_both(noon: datetime) -> None:
    a_post("Bins", to=[a_channel(Findable), a_channel(Keyed)], at=noon)
    run_jobs()
    (one,) = the_day_of(noon)
    assert (one.title, one.at, one.state) == ("Bins", noon, rules.WAITING)
    assert one.channels == ("Findable", "Keyed")
    assert one.can_move


def test_a_time_that_is_meant_to_a_part_of_a_second_is_kept_to_it(noon: datetime) -> None:
    a_post("Bins", at=noon + timedelta(milliseconds=260))
    run_jobs()
    assert Delivery.objects.get().due_at == noon + timedelta(milliseconds=260)


def test_a_worker_whose_clock_is_wrong_plans_by_the_database_s(
    request: pytest.FixtureRequest, log: Log
) -> None:
    post = a_post("At once")
    decisions.open_review(post, by=BY)
    request.getfixturevalue("a_day_ahead")
    (delivery,) = actions.plan(post, by=BY)
    assert abs(delivery.due_at - database_now()) < timedelta(minutes=1)
    run_jobs()
    (taken,) = actions.take_down(post, reason="The wrong bridge.", by=BY)
    assert abs(taken.due_at - database_now()) < timedelta(minutes=1)


def test_a_day_ends_where_the_next_begins(noon: datetime) -> None:
    midnight = noon.replace(hour=0)
    a_post("First of the day", at=midnight)
    a_post("Last of the day before", to=[a_channel(Keyed)], at=midnight - timedelta(minutes=1))
    assert [one.title for one in planned.between(midnight, midnight + DAY)] == ["First of the day"]


def test_a_draft_with_a_time_stands_there_and_one_without_does_not(noon: datetime) -> None:
    a_draft(noon)
    a_draft(None, "Some day.")
    (one,) = the_day_of(noon)
    assert (one.title, one.state) == ("The fair opens.", planned.DRAFT)
    assert one.can_move


def test_a_draft_for_a_time_that_the_clocks_skip_breaks_no_page() -> None:
    skipped = datetime(2027, 3, 28, 1, 30, tzinfo=clock.now().tzinfo)
    a_draft(skipped, zone="Europe/London")
    assert the_day_of(skipped) == []


def test_what_waits_for_a_yes_says_so(noon: datetime) -> None:
    post = a_draft(noon)
    channel = a_channel(Keyed)
    decisions.set_steps(channel, [Asked(role=APPROVER)], by=BY)
    post = posts.save(post, replace(post.draft, to=(channel.pk,)), based_on=post.version, by=BY)
    decisions.hand_in(post, by=BY)
    run_jobs()
    (one,) = the_day_of(noon)
    assert one.state == planned.REVIEW


def test_nothing_fails_in_the_future(noon: datetime) -> None:
    a_post("Bins", at=noon)
    run_jobs()
    actions.withhold(Delivery.objects.get(), "Not this one.", by=BY)
    assert the_day_of(noon) == []
    (one,) = the_day_of(clock.now().replace(minute=0, second=0, microsecond=0))
    assert (one.state, one.can_move) == (rules.WITHHELD, False)
    assert one.at <= clock.now()


def test_kept_from_one_channel_it_still_goes_to_the_other_at_its_time(noon: datetime) -> None:
    a_post("Bins", to=[a_channel(Findable), a_channel(Keyed)], at=noon)
    run_jobs()
    actions.withhold(Delivery.objects.order_by("id")[0], "Not there.", by=BY)
    (one,) = the_day_of(noon)
    assert one.state == rules.WAITING


def test_what_was_taken_back_is_not_shown_twice(noon: datetime) -> None:
    post = a_post("Bins", at=noon)
    run_jobs()
    posts.take_back(post, by=BY)
    run_jobs()
    (one,) = the_day_of(noon)
    assert one.state == planned.DRAFT


def test_what_a_feed_brings_is_one_line_for_each_feed(noon: datetime) -> None:
    feed = a_feed(to=[a_channel()])
    an_item(feed, title="Road closed", url="https://council.example/1")
    an_item(feed, title="Road open", url="https://council.example/2")
    run_jobs()
    a_post("Bins", to=[a_channel(Keyed)])
    single, fed = planned.lines(planned.between(clock.now() - DAY, clock.now() + DAY))
    assert [one.title for one in single] == ["Bins"]
    assert {name: len(brought) for (_, name), brought in fed.items()} == {"Council news": 2}


def test_a_month_counts_messages_and_drafts_not_deliveries(noon: datetime) -> None:
    a_post("Bins", to=[a_channel(Findable), a_channel(Keyed)], at=noon)
    a_draft(noon)
    assert planned.by_day(noon - 5 * DAY, noon + 5 * DAY) == {noon.date(): 2}


def test_however_many_there_are_the_questions_stay_as_few(
    noon: datetime, django_assert_max_num_queries: object
) -> None:
    channel = a_channel()
    for number in range(12):
        a_post(f"Number {number}", to=[channel], at=noon + timedelta(minutes=number))
    run_jobs()
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        assert len(the_day_of(noon)) == 12

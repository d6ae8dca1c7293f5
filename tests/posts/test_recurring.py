"""What comes again is drafted once for each time, also after an outage, also when clocks change."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connections
from django.utils import timezone

from oyez.channels import queries as channels
from oyez.kit import clock
from oyez.ledger.actor import Refusal
from oyez.ledger.models import Event
from oyez.posts import actions, queries, recurring
from oyez.posts.draft import Draft
from oyez.posts.models import Occurrence, Post, Recurrence
from oyez.posts.recurring import WeekTime
from tests.factories import BY, a_channel, a_post
from tests.fakes.networks import Findable, Keyed, fakes
from tests.jobs import run_jobs

LONDON = "Europe/London"


@pytest.mark.parametrize(
    ("rule", "starts", "second"),
    [
        (recurring.DAILY, "2026-11-24", "2026-11-25"),
        (recurring.WEEKDAYS, "2026-11-27", "2026-11-30"),
        (recurring.WEEKLY, "2026-11-24", "2026-12-01"),
        (recurring.FORTNIGHTLY, "2026-11-24", "2026-12-08"),
        (recurring.MONTHLY, "2026-11-24", "2026-12-24"),
        (recurring.MONTHLY, "2027-01-31", "2027-03-31"),  # February has no such day
        (recurring.YEARLY, "2026-11-24", "2027-11-24"),
        ("FREQ=MONTHLY;BYDAY=2TU", "2026-12-08", "2027-01-12"),
    ],
)
def test_the_next_time_of_a_rule(rule: str, starts: str, second: str) -> None:
    first = datetime.fromisoformat(f"{starts}T09:30")
    assert recurring.known(rule)
    assert recurring.next_wall(rule, first, None, None) == first
    assert recurring.next_wall(rule, first, None, first) == datetime.fromisoformat(
        f"{second}T09:30"
    )
    assert recurring.next_wall(rule, first, date.fromisoformat(starts), first) is None


@pytest.mark.parametrize(
    "rule",
    ["", "FREQ=SECONDLY", "FREQ=DAILY;COUNT=9", "FREQ=DAILY;INTERVAL=0", "daily", "FREQ=DAILY\nX"],
)
def test_other_rules_are_not_followed(rule: str) -> None:
    assert not recurring.known(rule)


def test_a_time_that_the_clocks_skip_is_meant_an_hour_later() -> None:
    skipped, twice = datetime(2027, 3, 28, 1, 30), datetime(2027, 10, 31, 1, 30)
    assert recurring.meant(skipped, LONDON) == (datetime(2027, 3, 28, 2, 30), None)
    assert recurring.meant(twice, LONDON) == (twice, 0)
    assert recurring.meant(datetime(2027, 5, 6, 1, 30), LONDON) == (
        datetime(2027, 5, 6, 1, 30),
        None,
    )


def test_slots_come_in_the_order_of_the_clock() -> None:
    tuesday = datetime(2026, 11, 24, 12)
    times = [WeekTime(1, time(9)), WeekTime(4, time(9)), WeekTime(1, time(17))]
    found = recurring.slots_after(tuesday, times)
    assert [f"{next(found):%a %d %H:%M}" for _ in range(3)] == [
        "Tue 24 17:00",
        "Fri 27 09:00",
        "Tue 01 09:00",
    ]


@pytest.fixture
def networks(transactional_db: None) -> Iterator[None]:
    with fakes(Findable, Keyed):
        yield


def a_draft(text: str = "Bins tomorrow.") -> Draft:
    return Draft(text, (a_channel(name=text).pk,))


def comes_again(days: int = 1, **more: object) -> Recurrence:
    local = timezone.localtime(clock.now()).replace(tzinfo=None, second=0, microsecond=0)
    usual = {"rule": recurring.DAILY, "starts": local + timedelta(days=days), "zone": LONDON}
    return actions.repeat(a_draft(), by=BY, **{**usual, **more})  # type: ignore[arg-type]


def walls() -> list[str]:
    return sorted(post.draft.wall for post in Post.objects.all())


def test_a_draft_is_there_a_week_before_its_time(networks: None) -> None:
    comes_again(days=6, rule=recurring.WEEKLY)
    assert actions.make_due(by=BY) == 1
    (post,) = Post.objects.all()
    assert (post.is_draft, post.draft.text, post.draft.zone) == (True, "Bins tomorrow.", LONDON)
    comes_again(days=8, rule=recurring.WEEKLY)
    assert actions.make_due(by=BY) == 0


def test_looking_again_makes_nothing_twice(networks: None) -> None:
    one = comes_again(days=1)
    made = actions.make_due(by=BY)
    assert made in (6, 7)
    assert actions.make_due(by=BY) == 0
    # as if the row had been put back: the time itself is kept once
    Recurrence.objects.update(next_wall=one.next_wall, make_at=one.make_at)
    assert actions.make_due(by=BY) == 0
    assert len(walls()) == len(set(walls())) == made


def test_two_workers_at_once_make_each_draft_once(networks: None) -> None:
    comes_again(days=1)

    def work(_: int) -> int:
        try:
            return actions.make_due(by=BY)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        made = sum(pool.map(work, range(4)))
    assert len(walls()) == len(set(walls())) == made == Occurrence.objects.count()


def test_times_gone_by_in_an_outage_are_left_out_and_said(networks: None) -> None:
    one = comes_again(days=1, rule=recurring.DAILY)
    gone = datetime.fromisoformat(one.starts) - timedelta(days=4)
    Recurrence.objects.update(
        starts=f"{gone:%Y-%m-%dT%H:%M}",
        next_wall=f"{gone:%Y-%m-%dT%H:%M}",
        make_at=clock.now() - timedelta(days=12),
    )
    actions.make_due(by=BY)
    assert min(walls()) > f"{timezone.localtime(clock.now()):%Y-%m-%dT%H:%M}"
    assert Occurrence.objects.filter(post=None).count() in (3, 4)
    assert Event.objects.filter(kind="posts.repeat_missed").count() in (3, 4)


def test_the_last_day_is_the_last(networks: None) -> None:
    until = timezone.localtime(clock.now()).date() + timedelta(days=2)
    comes_again(days=1, until=until)
    assert actions.make_due(by=BY) == 2
    assert Recurrence.objects.get().make_at is None


def test_what_was_ended_makes_no_more_and_keeps_what_is_there(networks: None) -> None:
    one = comes_again(days=6, rule=recurring.WEEKLY)
    actions.make_due(by=BY)
    actions.end_repeat(one, by=BY)
    Recurrence.objects.update(make_at=clock.now())
    assert actions.make_due(by=BY) == 0
    assert Post.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"rule": "FREQ=SECONDLY"}, "not a rule we can follow"),
        ({"until": date(2020, 1, 1)}, "no such time to come"),
        ({"starts": datetime(2199, 1, 1, 9)}, "over two years away"),
    ],
)
def test_a_rule_without_a_time_to_come_is_refused(
    networks: None, more: dict[str, object], says: str
) -> None:
    with pytest.raises(Refusal, match=says):
        comes_again(**more)  # type: ignore[arg-type]


def a_queue(*hours: int) -> Post:
    """A draft whose channel has these hours of tomorrow's weekday."""
    post = actions.start(a_draft("Fair"), by=BY)
    channel = post.draft.to[0]
    for hour in hours:
        actions.keep_slot(
            channels.one(channel),
            weekday=_tomorrow().weekday(),
            wall=time(hour),
            zone=LONDON,
            by=BY,
        )
    return post


def _tomorrow() -> date:
    return timezone.localtime(clock.now()).date() + timedelta(days=1)


def test_a_queue_gives_each_draft_a_slot_of_its_own(networks: None) -> None:
    post = a_queue(17, 9)
    other = actions.copy(post, by=BY)
    third = actions.copy(post, by=BY)
    found = [actions.queue(one, by=BY).draft.wall for one in (post, other, third)]
    day, week_on = _tomorrow(), _tomorrow() + timedelta(days=7)
    assert found == [f"{day}T09:00", f"{day}T17:00", f"{week_on}T09:00"]


def test_a_slot_where_something_planned_goes_is_not_free(networks: None) -> None:
    post = a_queue(9, 17)
    at = datetime.combine(_tomorrow(), time(9), timezone.get_default_timezone()).astimezone(UTC)
    a_post("Planned.", to=[channels.one(post.draft.to[0])], at=at)
    assert actions.queue(post, by=BY).draft.wall == f"{_tomorrow()}T17:00"


def test_what_another_channel_plans_takes_no_slot(networks: None) -> None:
    post = a_queue(9)
    at = datetime.combine(_tomorrow(), time(9), timezone.get_default_timezone()).astimezone(UTC)
    a_post("Planned.", to=[a_channel(Keyed)], at=at)
    run_jobs()
    assert actions.queue(post, by=BY).draft.wall == f"{_tomorrow()}T09:00"


def test_without_a_slot_it_is_said(networks: None) -> None:
    post = a_queue(9)
    with pytest.raises(Refusal, match="has this time already"):
        actions.keep_slot(
            channels.one(post.draft.to[0]),
            weekday=_tomorrow().weekday(),
            wall=time(9),
            zone=LONDON,
            by=BY,
        )
    actions.remove_slot(queries.slots().get(), by=BY)
    with pytest.raises(Refusal, match="None of its channels has a free slot"):
        actions.queue(post, by=BY)

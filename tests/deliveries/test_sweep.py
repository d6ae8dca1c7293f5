"""What has no job gets one again, once, and only after it could have moved by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Q, QuerySet
from procrastinate.contrib.django.models import ProcrastinateJob

from oyez.deliveries import jobs
from oyez.deliveries.models import Delivery
from oyez.feeds import actions as feeds
from oyez.feeds.models import Item
from oyez.kit import clock
from oyez.posts.models import Post
from tests.factories import BY, a_channel, a_feed, a_post, an_item, decided
from tests.fakes.networks import Findable, Log, fakes
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)
LONG_AGO = timedelta(minutes=5)


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Findable) as log:
        yield log


def an_item_passed_on() -> None:
    an_item(a_feed(to=[a_channel()]))
    feeds.release_due(by=BY)
    Item.objects.update(released_at=clock.now() - LONG_AGO)


def a_post_handed_in() -> None:
    a_post()
    Post.objects.update(made_at=clock.now() - LONG_AGO)


def a_post_approved() -> None:
    a_post()
    run_jobs()
    Delivery.objects.all().delete()
    decided(clock.now() - LONG_AGO)
    jobs.sweep(0)


STUCK = [an_item_passed_on, a_post_handed_in, a_post_approved]


def waiting_jobs() -> QuerySet[ProcrastinateJob]:
    """Those that carry a message on."""
    beside = Q(task_name__contains="practice") | Q(task_name=jobs.follow_links.name)
    return ProcrastinateJob.objects.filter(status="todo").exclude(beside)


def todo() -> list[str]:
    names = waiting_jobs().order_by("id").values_list("task_name", flat=True)
    return [name.rpartition(".")[2] for name in names]


@pytest.mark.parametrize("stuck", STUCK)
def test_what_has_a_job_gets_no_second_one(stuck: Callable[[], None]) -> None:
    stuck()
    before = todo()
    jobs.sweep(0)
    jobs.sweep(0)
    assert (len(before), todo()) == (1, before)


@pytest.mark.parametrize(
    ("stuck", "wakes"),
    list(zip(STUCK, ["draft_from_item", "open_review", "plan"], strict=True)),
)
def test_what_lost_its_job_gets_one(stuck: Callable[[], None], wakes: str) -> None:
    stuck()
    lost = waiting_jobs().get()
    lose(lost.pk)
    jobs.sweep(0)
    assert todo() == [wakes]


def test_what_was_handed_in_just_now_is_left_to_its_own_job() -> None:
    a_post()
    lose(waiting_jobs().get().pk)
    jobs.sweep(0)
    assert todo() == []


def test_it_takes_no_more_than_it_can_carry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "AT_ONCE", 2)
    channel = a_channel()
    for number in range(3):
        a_post(f"Message {number}", to=[channel])
    Post.objects.update(made_at=clock.now() - LONG_AGO)
    lose(*waiting_jobs().values_list("pk", flat=True))
    jobs.sweep(0)
    assert todo() == ["open_review"] * 2


@pytest.mark.parametrize("stuck", STUCK)
def test_what_is_older_than_any_outage_is_not_read_every_minute(stuck: Callable[[], None]) -> None:
    stuck()
    lose(waiting_jobs().get().pk)
    year = clock.now() - timedelta(days=365)
    Item.objects.update(released_at=year)
    Post.objects.update(made_at=year)
    decided(year)
    jobs.sweep(0)
    assert todo() == []


def lose(*numbers: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_jobs where id = any(%s)", [list(numbers)])

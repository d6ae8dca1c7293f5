"""The night without an hour and the night with one twice: said in words, and the choice is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from oyez.deliveries.models import Delivery
from oyez.kit import clock
from oyez.posts.models import Post
from tests.factories import a_channel
from tests.fakes.networks import Findable, Log
from tests.journeys.house import House
from tests.journeys.walker import Walker

MARCH, OCTOBER = 3, 10


def last_sunday(month: int) -> date:
    """The next night on which Europe’s clocks are changed, in this month."""
    today = clock.now().date()
    days = (date(year, month, 31) for year in (today.year, today.year + 1))
    nights = (day - timedelta(days=(day.weekday() + 1) % 7) for day in days)
    return next(night for night in nights if night > today)


def due(house: House) -> datetime:
    house.works()
    return Delivery.objects.get(state="waiting", channel__name="Council news").due_at


def at(day: date, hour: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, 30, tzinfo=UTC)


def write(officer: Walker, day: date, hour: str) -> Walker:
    officer.opens("/write").writes("Message", "The bridge is shut.").picks("At a set time")
    officer.writes("Day (optional)", f"{day}").writes("Time (optional)", hour)
    return officer.presses("Send")


@pytest.fixture(autouse=True)
def channel(house: House, networks: Log) -> None:
    a_channel(Findable, name="Council news")


def test_an_hour_that_the_clocks_skip_is_refused_and_the_next_one_taken(
    officer: Walker, house: House
) -> None:
    night = last_sunday(MARCH)
    write(officer, night, "01:30").sees("There is a problem", "The clocks skip 01:30")
    officer.sees("Choose an hour later.").photographs("error-write-gap")
    assert Post.objects.filter(state="submitted").count() == 0
    officer.writes("Time (optional)", "02:30").presses("Send").sees("Planned.")
    assert due(house) == at(night, 1), "summer time has begun"


def test_an_hour_that_comes_twice_is_asked_for_and_the_choice_kept(
    officer: Walker, house: House
) -> None:
    night = last_sunday(OCTOBER)
    write(officer, night, "01:30").sees("The clocks show this time twice. Which do you mean?")
    officer.photographs("error-write-overlap")
    officer.picks("The second, an hour later").presses("Send").sees("Planned.")
    assert due(house) == at(night, 1)
    post = Post.objects.get()
    officer.sees("(GMT)").opens(f"/planner/{post.pk}/move").presses("Move it")
    assert due(house) == at(night, 1), "moved to where it was, it is still the second"


def test_moving_says_the_same_of_both_nights(officer: Walker, house: House) -> None:
    write(officer, last_sunday(MARCH) + timedelta(days=1), "01:30").sees("Planned.")
    here = f"/planner/{Post.objects.get().pk}/move"
    officer.opens(here).writes("New day", f"{last_sunday(MARCH)}").presses("Move it")
    officer.sees("The clocks skip 01:30").photographs("error-planner-gap")
    assert due(house) == at(last_sunday(MARCH) + timedelta(days=1), 0), "it stays where it was"
    officer.opens(here).writes("New day", f"{last_sunday(OCTOBER)}").presses("Move it")
    officer.sees("Choose the first or the second").photographs("error-planner-overlap")
    officer.picks("The first, in summer time").presses("Move it").sees("It goes out at")
    assert due(house) == at(last_sunday(OCTOBER), 0)

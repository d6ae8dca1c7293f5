"""The planner over HTTP: a week, a day, a month, and moving a message."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from oyez.decisions import actions as decisions
from oyez.decisions.rules import Asked
from oyez.deliveries.models import Delivery
from oyez.emergency import actions as emergency
from oyez.emergency.rules import CUSTOM, Said
from oyez.kit import clock
from oyez.people.rules import APPROVER
from oyez.posts import actions as posts
from oyez.posts import queries
from oyez.posts.models import Post
from tests.factories import BY, a_channel, a_feed, a_post, an_item
from tests.fakes.networks import Findable, Log
from tests.jobs import run_jobs
from tests.web.conftest import page

pytestmark = pytest.mark.django_db(transaction=True)

ZONE = ZoneInfo("Europe/London")


@pytest.fixture(autouse=True)
def networks(log: Log) -> None:
    """Every test here has channels to plan for."""


def next_week() -> date:
    today = clock.now().astimezone(ZONE).date()
    return today + timedelta(days=7 - today.weekday())


def at(day: date, hour: int = 14) -> datetime:
    return datetime.combine(day, time(hour, 5), ZONE)


def week(client: Client, day: date) -> str:
    return page(client.get(f"/planner/week/{day}"))


def test_a_week_shows_each_message_on_its_day(officer: Client) -> None:
    monday = next_week()
    a_post("Gritting tonight", at=at(monday + timedelta(days=2)))
    run_jobs()
    said = week(officer, monday + timedelta(days=4))
    assert "14:05 Gritting tonight Findable Going out Move" in said
    assert "1 message." in said
    assert "Gritting" not in week(officer, monday + timedelta(days=7))


def test_an_empty_week_says_what_to_do(officer: Client) -> None:
    said = week(officer, next_week())
    assert "Nothing is planned." in said
    assert "Write for this day" in said


def test_days_gone_by_are_not_written_for(officer: Client) -> None:
    assert "Write for this day" not in week(officer, next_week() - timedelta(days=14))


@pytest.mark.parametrize(
    "address", ["week/tomorrow", "week/0001-01-01", "day/2026-02-30", "month/x"]
)
def test_a_day_that_does_not_exist_is_not_found(officer: Client, address: str) -> None:
    assert officer.get(f"/planner/{address}").status_code == 404


def test_many_on_one_day_stand_on_the_day_s_own_page(officer: Client) -> None:
    monday, channel = next_week(), a_channel()
    for number in range(15):
        a_post(f"Number {number}.", to=[channel], at=at(monday) + timedelta(minutes=number))
    said = week(officer, monday)
    assert "Number 11." in said
    assert "Number 12." not in said
    assert "3 more" in said
    assert "Number 14." in page(officer.get(f"/planner/day/{monday}"))


def test_a_period_is_a_band_over_its_days_only(officer: Client) -> None:
    monday = next_week()
    said = Said(kind=CUSTOM, name="Fair week", begins_on=monday, ends_on=monday + timedelta(days=1))
    emergency.open_period(said, by=BY)
    assert week(officer, monday).count("Fair week") == 2
    assert "Fair week" not in page(officer.get(f"/planner/day/{monday + timedelta(days=2)}"))


def test_a_feed_is_one_line(officer: Client) -> None:
    feed = a_feed(to=[a_channel()])
    an_item(feed, title="Road closed", url="https://council.example/1")
    an_item(feed, title="Road open", url="https://council.example/2")
    run_jobs()
    said = page(officer.get("/planner"))
    assert "Council news : 2 messages" in said
    assert "Road closed" not in said


def test_a_month_counts(officer: Client) -> None:
    monday = next_week()
    a_post("Bins", at=at(monday))
    answer = officer.get(f"/planner/month/{monday}")
    assert "1 message this month." in page(answer)
    assert f'href="/planner/day/{monday}"' in answer.content.decode()


def test_a_reader_sees_the_plan_and_changes_nothing(reader: Client) -> None:
    monday = next_week()
    post = a_post("Bins", at=at(monday))
    said = week(reader, monday)
    assert "Bins" in said
    assert "Move" not in said
    assert "Write a message" not in said
    assert "Write for" not in said
    assert reader.get(f"/planner/{post.pk}/move").status_code == 403


def test_writing_for_a_day_begins_with_that_day(officer: Client) -> None:
    a_channel()
    monday = next_week()
    shown = officer.get(f"/write?on={monday}").content.decode()
    assert f'value="{monday}"' in shown
    assert 'value="09:00"' in shown
    assert "09:00" not in officer.get("/write?on=never").content.decode()


def test_an_empty_day_says_so_once(officer: Client) -> None:
    assert page(officer.get(f"/planner/day/{next_week()}")).count("Nothing is planned") == 1


def test_moving_keeps_the_time_of_day(officer: Client) -> None:
    monday = next_week()
    post = a_post("Bins", at=at(monday))
    run_jobs()
    shown = officer.get(f"/planner/{post.pk}/move").content.decode()
    assert f'value="{monday}"' in shown
    assert 'value="14:05"' in shown
    given = {"day": monday + timedelta(days=1), "hour": "14:05"}
    said = page(officer.post(f"/planner/{post.pk}/move", given, follow=True))
    assert "It goes out at 14:05," in said
    run_jobs()
    due = Delivery.objects.get(state="waiting").due_at
    assert due == at(monday + timedelta(days=1))


def test_that_it_must_be_approved_again_is_said_before(officer: Client) -> None:
    monday, channel = next_week(), a_channel(Findable)
    post = a_post("Bins", to=[channel], at=at(monday))
    run_jobs()
    assert "approved again" not in page(officer.get(f"/planner/{post.pk}/move"))
    decisions.set_steps(channel, [Asked(role=APPROVER)], by=BY)
    assert "it must be approved again" in page(officer.get(f"/planner/{post.pk}/move"))
    given = {"day": monday, "hour": "15:00"}
    said = page(officer.post(f"/planner/{post.pk}/move", given, follow=True))
    assert "Sent for approval again" in said
    assert "To approve" in said


@pytest.mark.parametrize(
    ("day", "hour", "says"),
    [
        ("2027-03-28", "01:30", "The clocks skip 01:30 on 28 March 2027. Choose an hour later."),
        ("2027-10-31", "01:30", "Choose the first or the second"),
        ("2020-01-01", "10:00", "That time has passed."),
        ("", "10:00", "Enter the new day"),
    ],
)
def test_a_time_that_cannot_be_meant_keeps_the_page(
    officer: Client, day: str, hour: str, says: str
) -> None:
    post = a_post("Bins", at=at(next_week()))
    run_jobs()
    answer = officer.post(f"/planner/{post.pk}/move", {"day": day, "hour": hour})
    assert answer.status_code == 422
    assert says in page(answer)
    assert hour in answer.content.decode()
    assert queries.one(post.pk).state == Post.State.SUBMITTED


def test_a_warning_is_read_before_it_is_moved(officer: Client) -> None:
    post = a_post("ROAD CLOSED TODAY AND TOMORROW", at=at(next_week()))
    run_jobs()
    given = {"day": next_week() + timedelta(days=1), "hour": "14:05"}
    answer = officer.post(f"/planner/{post.pk}/move", given)
    assert answer.status_code == 422
    assert "Please look first" in page(answer)
    ticked = officer.post(f"/planner/{post.pk}/move", {**given, "confirm": "AC-9"}, follow=True)
    assert "It goes out at 14:05," in page(ticked)


def test_which_of_two_times_is_asked_only_where_there_are_two(officer: Client) -> None:
    post = a_post("Gritting", at=at(next_week()))
    asks = "The clocks show this time twice."
    for place in (f"/planner/{post.pk}/move", f"/write/{posts.take_back(post, by=BY).pk}"):
        assert asks not in page(officer.get(place)), place
    night = {"day": "2027-10-31", "hour": "01:30"}
    asked = officer.post(f"/planner/{post.pk}/move", night)
    assert (asked.status_code, asks in page(asked)) == (422, True)
    officer.post(f"/planner/{post.pk}/move", {**night, "fold": "1"})
    for place in (f"/planner/{post.pk}/move", f"/write/{post.pk}"):
        assert asks in page(officer.get(place)), place
    noon = {"day": "2027-10-31", "hour": "nonsense", "fold": "1"}
    assert asks not in page(officer.post(f"/planner/{post.pk}/move", noon))

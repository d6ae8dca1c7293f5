"""Does Home say what needs somebody, and stand when a part of it falls?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from oyez.channels import actions as channels
from oyez.decisions import actions as decisions
from oyez.decisions.rules import Asked
from oyez.deliveries import queries as deliveries
from oyez.deliveries.models import Delivery
from oyez.feeds.models import Feed
from oyez.kit import clock
from oyez.networks.contract import Refused
from oyez.people.models import Person
from oyez.people.rules import APPROVER
from tests.entering import signed_in
from tests.factories import BY, a_channel, a_feed, a_post, a_worker_lives
from tests.fakes.networks import Log, raises
from tests.jobs import run_jobs
from tests.web.conftest import page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("log")]


@pytest.fixture(autouse=True)
def _a_worker_lives(transactional_db: None) -> None:
    a_worker_lives()


def test_a_new_house_is_told_its_first_steps(administrator: Client, settings) -> None:
    seen = page(administrator.get("/"))
    assert "Nothing needs you. No message goes out today." in seen
    assert "First steps" in seen
    assert "Add a feed" in seen
    assert "own words go out without a second person" in seen
    assert settings.OYEZ.practice_url in administrator.get("/").content.decode()


def test_whoever_came_by_a_link_alone_is_told_to_choose_a_password(administrator: Client) -> None:
    assert "Choose a password" in page(administrator.get("/"))
    ada = Person.objects.get(name="Ada Clerk")
    ada.set_password("a long one that nobody knows")
    ada.save()
    signed_in(ada, administrator)
    assert "Choose a password" not in page(administrator.get("/"))


@pytest.mark.parametrize("steps", [[Asked(role=APPROVER)], []], ids=["somebody", "nobody"])
def test_who_must_approve_is_asked_until_somebody_said_it(
    administrator: Client, officer: Client, steps: list[Asked]
) -> None:
    assert "Say who must approve" in page(administrator.get("/"))
    assert "Have an administrator say who must approve" in page(officer.get("/"))
    gone = a_channel(name="Was here")  # a real channel ends the first steps
    decisions.set_steps(gone, steps, by=BY)
    channels.remove(gone, by=BY)
    for seen in (page(administrator.get("/")), page(officer.get("/"))):
        assert "First steps" in seen
        assert "who must approve" not in seen


def test_the_first_steps_go_once_somebody_outside_can_hear_us(reader: Client) -> None:
    a_channel(name="Mastodon")
    assert "First steps" not in page(reader.get("/"))


def test_a_yellow_strip_says_that_it_is_practice_until_a_real_channel_is_linked(
    reader: Client, settings
) -> None:
    assert "Practice is on. Nobody outside sees what you send." in page(reader.get("/messages"))
    settings.OYEZ = replace(settings.OYEZ, practice=False)
    assert "Practice is on." not in page(reader.get("/messages"))
    settings.OYEZ = replace(settings.OYEZ, practice=True)
    a_channel(name="Mastodon")
    assert "Practice is on." not in page(reader.get("/messages"))


def test_everything_that_needs_somebody_is_counted_and_named(reader: Client, log: Log) -> None:
    channel = a_channel(name="Mastodon")
    log.trouble.append(raises(Refused("Too many links.")))
    a_post("Bridge open", to=[channel])
    run_jobs()
    channels.signed_out(channel, "The token was withdrawn.", by=BY)
    feed = a_feed(to=[channel])
    Feed.objects.filter(pk=feed.pk).update(failures=1, problem="The server answered 500.")
    seen = page(reader.get("/"))
    assert "3 things need you." in seen
    assert "Sign in to Mastodon again The token was withdrawn." in seen
    assert "The feed Council news cannot be read The server answered 500." in seen
    assert "“Bridge open” did not go to Mastodon Too many links." in seen


def test_no_more_than_seven_are_shown_and_the_rest_is_one_link_away(reader: Client) -> None:
    for number in range(9):
        channels.signed_out(a_channel(name=f"Channel {number}"), "Gone.", by=BY)
    seen = page(reader.get("/"))
    assert "9 things need you." in seen
    assert seen.count("again Gone.") == 7
    assert "See all 9 things that need you" in seen
    assert page(reader.get("/needs-you")).count("again Gone.") == 9


def test_what_was_not_sent_longer_ago_than_a_day_no_longer_shouts(reader: Client, log: Log) -> None:
    log.trouble.append(raises(Refused("Too many links.")))
    a_post("Bridge open")
    run_jobs()
    Delivery.objects.update(settled_at=clock.now() - timedelta(hours=25))
    assert "Nothing needs you." in page(reader.get("/"))


def test_a_house_whose_worker_is_silent_says_so(reader: Client) -> None:
    with connection.cursor() as cursor:  # by the database’s clock, which decides
        cursor.execute("update procrastinate_workers set last_heartbeat = now() - interval '1 min'")
    assert "Nothing is being sent No worker has been heard of" in page(reader.get("/"))


def test_messages_are_counted_once_however_many_channels_they_go_to(reader: Client) -> None:
    both = [a_channel(name="One"), a_channel(name="Two")]
    a_post("Fair on Sunday", to=both, at=(fair := clock.now() + timedelta(hours=1)))
    run_jobs()
    assert deliveries.messages_going_out_before(fair) == 0
    assert deliveries.messages_going_out_before(fair + timedelta(seconds=1)) == 1
    assert "One, Two" in page(reader.get("/"))


def test_a_part_that_cannot_be_had_says_so_and_the_others_stand(
    reader: Client, monkeypatch, caplog
) -> None:
    def breaks() -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr("oyez.web.home.cards.feeds_card", breaks)
    answer = reader.get("/")
    assert answer.status_code == 200
    assert page(answer).count("This part could not be loaded.") == 1
    assert "Needs you now" in page(answer)
    assert "on purpose" in caplog.text
    assert "on purpose" not in page(answer)

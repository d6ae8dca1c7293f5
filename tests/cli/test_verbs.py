"""The command line as people and programs use it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from oyez.channels import actions as channels
from oyez.channels.models import Channel
from oyez.cli import verbs
from oyez.feeds.models import Feed
from oyez.people.models import Person
from tests.factories import BY, a_channel, a_feed, a_post, a_worker_lives
from tests.fakes.networks import Findable, Log, Mute, fakes, raises
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Findable, Mute) as log:
        yield log


IN_THE_NAME_OF = click.Option(["--as", "in_the_name_of"])


def oyez(*words: str, typed: str | None = None) -> Result:
    commands = {c.name or "": c for c in verbs.GROUPS}
    group = click.Group("oyez", commands=commands, params=[IN_THE_NAME_OF])
    return CliRunner().invoke(group, words, input=typed)


def listed(*words: str) -> list[dict[str, object]]:
    result = oyez(*words, "--json")
    assert result.exit_code == 0, result.output
    found: list[dict[str, object]] = json.loads(result.stdout)
    return found


def test_a_message_is_posted_and_its_delivery_listed_with_every_field(log: Log) -> None:
    a_channel()
    assert oyez("post", "Hello", "--to", "Findable").exit_code == 0
    run_jobs()
    (delivery,) = listed("deliveries")
    assert list(delivery) == [
        "id", "channel", "network", "kind", "state", "remote_id", "url", "due_at", "sent_at",
        "attempts", "why",
    ]  # fmt: skip
    assert (delivery["state"], delivery["remote_id"], delivery["attempts"]) == ("arrived", "1", 1)


def test_channels_may_be_named_after_to_without_repeating_it() -> None:
    a_channel()
    a_channel(Mute)
    assert oyez("post", "Hello", "--to", "Findable", "Mute").exit_code == 0
    run_jobs()
    assert len(listed("deliveries")) == 2


def test_a_message_without_a_worker_says_that_it_waits() -> None:
    a_channel()
    result = oyez("post", "Hello", "--to", "Findable")
    assert "goes out when `oyez up` runs" in result.stderr


def test_a_refusal_is_one_sentence_and_exit_code_one() -> None:
    result = oyez("post", "Hello", "--to", "Facebook")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "There is no channel “Facebook”." in result.stderr


def test_wrong_usage_is_exit_code_two() -> None:
    assert oyez("post").exit_code == 2
    assert oyez("decide", "1", "perhaps").exit_code == 2


@pytest.mark.parametrize("time", ["25:00", "yesterday", "2027-03-28 01:30"])
def test_a_time_that_does_not_exist_is_refused_in_words(time: str) -> None:
    a_channel()
    result = oyez("post", "Hello", "--to", "Findable", "--at", time)
    assert (result.exit_code, len(result.stderr.strip().splitlines())) == (1, 1)


def test_an_unknown_outcome_is_decided(log: Log) -> None:
    from oyez.networks.contract import Unsure

    log.aftermath.append(raises(Unsure("No answer.")))
    a_post("Hello", to=[a_channel(Mute)])
    run_jobs()
    (asking,) = listed("deliveries", "--state", "asking")
    assert oyez("decide", str(asking["id"]), "arrived").exit_code == 0
    assert oyez("decide", str(asking["id"]), "arrived").exit_code == 1
    assert listed("deliveries")[0]["state"] == "arrived"


def test_stop_and_resume() -> None:
    assert oyez("stop", "--why", "Storm").exit_code == 0
    assert oyez("resume").exit_code == 0
    assert oyez("resume").exit_code == 1


def test_health_without_a_worker_is_exit_code_one_and_json() -> None:
    result = oyez("health", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["worker"] is False
    assert "No worker is running" in oyez("health").stdout


def test_health_names_feeds_that_cannot_be_read_and_counts_as_people_do() -> None:
    a_worker_lives()
    a_feed(to=[])
    channel = a_channel()
    assert oyez("health").stdout == "All is well.\n"
    Feed.objects.update(failures=3, problem="Nothing answers.")
    channels.signed_out(channel, "The token was withdrawn.", by=BY)
    said = oyez("health")
    assert said.exit_code == 0
    assert "1 channel needs attention." in said.stdout
    assert "1 feed cannot be read. See: oyez feeds list" in said.stdout
    a_feed(to=[], url="https://council.example/other.xml", failures=1)
    assert "2 feeds cannot be read." in oyez("health").stdout


def test_a_day_that_is_none_is_refused_in_plain_words() -> None:
    for verb in (
        ("periods", "propose", "--poll", "tomorrow"),
        ("people", "away", "ada@council.example", "--until", "tomorrow"),
    ):
        said = oyez(*verb)
        assert said.exit_code == 2
        assert "“tomorrow” is not a day. Give the day as 2027-05-06." in said.output
    assert "now unless." not in oyez("post", "--help").output


def test_people_are_invited_linked_and_removed() -> None:
    assert oyez("people", "invite", "ada@council.example", "--role", "administrator").exit_code == 0
    invited = oyez("people", "invite", "ben@council.example")
    assert "/sign-in/" in invited.stdout
    assert [p["email"] for p in listed("people", "list")] == [
        "ada@council.example",
        "ben@council.example",
    ]
    assert oyez("people", "remove", "ben@council.example").exit_code == 0
    assert Person.objects.filter(is_active=True).count() == 1


def test_a_network_s_fields_are_its_options(tmp_path: Path) -> None:
    help_ = oyez("channels", "add", "bluesky", "--help").stdout
    assert all(
        option in help_ for option in ("--server", "--identifier", "--secret-file", "--name")
    )
    missing = oyez("channels", "add", "mastodon", "--server", "https://a.example",
                   "--secret-file", str(tmp_path / "none"))  # fmt: skip
    assert (missing.exit_code, "cannot be read" in missing.stderr) == (1, True)


def test_channels_are_listed_checked_and_removed() -> None:
    a_channel()
    assert listed("channels", "list")[0]["name"] == "Findable"
    assert oyez("channels", "check").exit_code == 0
    assert oyez("channels", "remove", "Findable").exit_code == 0
    assert Channel.objects.get().state == "retired"


def test_a_time_far_away_is_refused_and_a_near_one_is_repeated() -> None:
    a_channel()
    assert oyez("post", "Hello", "--to", "Findable", "--at", "9999-12-31 23:59").exit_code == 1
    said = oyez("post", "Hello", "--to", "Findable", "--at", "23:59").stdout
    assert "goes out at 23:59, " in said


def test_what_waits_is_withheld_by_its_number() -> None:
    a_channel()
    oyez("post", "Hello", "--to", "Findable", "--at", "23:59")
    run_jobs()
    number = str(listed("deliveries")[0]["id"])
    assert oyez("withhold", number, "--why", "Out already").exit_code == 0
    assert listed("deliveries")[0]["state"] == "withheld"
    assert oyez("withhold", number, "--why", "Again").exit_code == 1


def test_a_message_during_a_stop_says_that_it_waits() -> None:
    a_channel()
    oyez("stop", "--why", "Storm")
    assert "Sending is stopped (Storm)" in oyez("post", "Hello", "--to", "Findable").stderr


@pytest.mark.parametrize("minutes", ["nan", "inf", "-1", "1e308"])
def test_minutes_that_make_no_sense_are_wrong_usage(minutes: str) -> None:
    assert oyez("feeds", "add", "https://a.example", "--settle", minutes).exit_code == 2

"""Somebody else posts as us: sending stops and our access ends; a drill ends nothing."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings

from oyez.channels import actions as channels
from oyez.channels.models import Channel, Secret
from oyez.emergency import actions, queries
from oyez.kit.keys import KeptElsewhere
from oyez.ledger.actor import NotAllowed
from oyez.ledger.models import Event
from oyez.networks.contract import Later
from oyez.people import actions as people
from oyez.people.rules import OFFICER, WRITER
from tests.cli.test_verbs import oyez
from tests.factories import BY, a_channel
from tests.fakes.networks import Findable, Log, Watched, fakes, raises

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Watched, Findable) as log:
        yield log


def told(done: object) -> dict[str, dict[str, object]]:
    return {one["channel"]: one for one in done.found}  # type: ignore[attr-defined]


def test_all_is_stopped_and_every_token_ended_or_said_to_be_left(log: Log) -> None:
    a_channel(Watched), a_channel(Findable)
    channels.open_our_own(by=BY)
    done = actions.cut_off(None, by=BY)
    assert queries.in_force().get().channel is None
    assert log.revoked == ["s3cret"]
    assert not Secret.objects.exists()
    said = told(done)
    ended = ["The token is ended.", "Our own copy of the tokens is destroyed."]
    assert list(said["Watched"]["done"]) == ended
    assert said["Watched"]["by_hand"] == "In the settings, under Password."
    assert "change the password and end every access" in str(said["Findable"]["by_hand"])
    assert said["Our page"]["by_hand"] == ""
    states = Channel.objects.exclude(network="own_page").values_list("health", flat=True)
    assert set(states) == {"signed_out"}
    assert queries.last_cut_off(drill=False) == done


def test_one_channel_is_cut_off_and_the_others_keep_their_tokens(log: Log) -> None:
    hijacked, other = a_channel(Watched), a_channel(Findable)
    actions.cut_off(hijacked, by=BY)
    assert list(Secret.objects.values_list("channel", flat=True)) == [other.pk]
    assert queries.stop_on(other) is None
    assert queries.stop_on(hijacked)


def test_a_network_that_cannot_be_asked_keeps_its_token_to_be_tried_again(log: Log) -> None:
    channel = a_channel(Watched)
    log.blind.append(raises(Later("It does not answer.", timedelta(minutes=1))))
    said = told(actions.cut_off(channel, by=BY))["Watched"]
    assert (said["trouble"], list(said["done"])) == ("It does not answer.", [])
    assert Secret.objects.count() == 1
    assert told(actions.cut_off(channel, by=BY))["Watched"]["trouble"] == ""
    assert log.revoked == ["s3cret"]


def test_slow_networks_are_asked_at_once(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(6):
        channels.link(Watched.name, {"secret": "x", "handle": f"w{number}"}, by=BY)
    monkeypatch.setattr(Watched, "revoke", lambda self: time.sleep(0.5) or [])
    assert actions.cut_off(None, by=BY).seconds < 2.5


def test_a_drill_ends_nothing_and_lets_sending_go_on(log: Log) -> None:
    a_channel(Watched)
    done = actions.cut_off(None, drill=True, by=BY)
    assert (log.revoked, Secret.objects.count()) == ([], 1)
    assert not queries.in_force().exists()
    assert list(told(done)["Watched"]["done"]) == ["It answers; nothing was ended."]
    assert queries.last_cut_off(drill=True) == done
    assert queries.last_cut_off(drill=False) is None
    kinds = Event.objects.filter(kind__startswith="emergency.").values_list("kind", flat=True)
    assert set(kinds) == {"emergency.stopped", "emergency.drilled", "emergency.resumed"}


def test_a_drill_does_not_end_a_stop_that_was_there() -> None:
    a_channel(Watched)
    actions.stop(None, why="Storm", by=BY)
    actions.cut_off(None, drill=True, by=BY)
    assert queries.in_force().get().why == "Storm"


def test_who_may_stop_may_cut_off_and_nobody_else(log: Log) -> None:
    channel = a_channel(Watched)
    writer = people.invite("jo@council.example", role=WRITER, by=BY)
    with pytest.raises(NotAllowed):
        actions.cut_off(channel, by=writer)
    assert not queries.in_force().exists()
    officer = people.invite("sam@council.example", role=OFFICER, by=BY)
    actions.cut_off(channel, by=officer)
    assert log.revoked == ["s3cret"]


class TestCommand:
    def test_it_says_channel_by_channel_what_is_left_to_do(self, log: Log) -> None:
        a_channel(Watched)
        said = oyez("hijack", "--all")
        assert said.exit_code == 0, said.output
        assert "The token is ended." in said.stdout
        assert "In the settings, under Password." in said.stdout
        assert "Then link again, and: oyez resume" in said.stdout
        assert max(map(len, said.stdout.splitlines())) < 100

    def test_a_drill_as_json(self, log: Log) -> None:
        a_channel(Watched)
        (row,) = json.loads(oyez("hijack", "--channel", "Watched", "--drill", "--json").stdout)
        assert (row["channel"], row["trouble"]) == ("Watched", "")
        assert log.revoked == []

    def test_two_things_at_once_are_refused(self) -> None:
        said = oyez("hijack", "--all", "--ours", "X")
        assert (said.exit_code, "Give one of" in said.stderr) == (1, True)

    def test_a_drill_of_nothing_is_refused(self) -> None:
        assert "Say which" in oyez("hijack", "--drill").stderr


def test_a_shell_without_the_house_s_keys_stops_all_and_says_what_it_lacks(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_channel(Watched)
    with monkeypatch.context() as bare:
        bare.setattr(settings, "OYEZ_SEAL_KEYS", KeptElsewhere("Set OYEZ_KEYS here too."))
        said = told(actions.cut_off(None, by=BY))["Watched"]
    assert said["trouble"] == "Set OYEZ_KEYS here too."
    assert queries.in_force().get().channel is None
    assert Channel.objects.get(name="Watched").health != "signed_out"
    assert told(actions.cut_off(None, by=BY))["Watched"]["trouble"] == ""
    assert log.revoked == ["s3cret"]


def test_a_mistake_of_ours_with_one_channel_keeps_no_other(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, other = a_channel(Watched), a_channel(Findable)

    def broken(self: Watched) -> list[str]:
        raise RuntimeError("a slip")

    monkeypatch.setattr(Watched, "revoke", broken)
    said = told(actions.cut_off(None, by=BY))
    assert "went wrong on our side" in str(said["Watched"]["trouble"])
    assert list(Secret.objects.values_list("channel", flat=True)) == [first.pk]
    assert Channel.objects.get(pk=other.pk).health == "signed_out"

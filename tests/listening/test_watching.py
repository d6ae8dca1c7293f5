"""What stands on our channel and was not sent by us is an alarm, and nothing of ours is one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from oyez.channels import actions as channel_actions
from oyez.channels.models import Channel
from oyez.deliveries.models import Delivery
from oyez.kit import clock
from oyez.ledger.actor import NotAllowed, Refusal
from oyez.ledger.models import Event
from oyez.listening import actions, jobs, queries, rules
from oyez.listening.models import Stray, Watch
from oyez.networks.contract import Change, Later, Seen, SignedOut, Unsure
from oyez.notices.models import Notice
from oyez.people import actions as people
from oyez.people.rules import ADMINISTRATOR, OFFICER, READER, WRITER
from tests.factories import BY, a_channel, a_post, the_delivery
from tests.fakes.networks import Log, Mute, Watched, fakes, raises
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)
LURE = "We give away coins! https://evil.example"


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Watched, Mute) as log:
        yield log


@pytest.fixture
def channel(log: Log) -> Channel:
    """It has been looked at once, and was a year old then."""
    log.somebody_posts("From before we linked it")
    channel = a_channel(Watched)
    actions.look(channel, by=BY)
    return channel


def looked(channel: Channel) -> list[str]:
    channel.refresh_from_db()
    return [stray.words for stray in actions.look(channel, by=BY)]


def state(channel: Channel) -> str:
    return Channel.objects.get(pk=channel.pk).state


def test_what_stood_there_before_is_no_alarm(channel: Channel) -> None:
    assert looked(channel) == []
    assert not queries.strays(channel).exists()


def test_what_is_shown_at_every_look_and_stood_there_before_is_none_either(log: Log) -> None:
    log.somebody_posts("Pinned for ever")
    log.pinned.add("1")
    channel = a_channel(Watched)
    assert actions.look(channel, by=BY) == []
    assert looked(channel) == []


def test_a_post_that_claims_to_be_the_newest_for_ever_hides_no_later_one(
    channel: Channel, log: Log
) -> None:
    log.somebody_posts(LURE)
    log.pinned.add("2")
    assert looked(channel) == [LURE]
    log.somebody_posts("And more coins")
    assert looked(channel) == ["And more coins"]
    log.somebody_posts("The last coins")
    assert looked(channel) == ["The last coins"]


def test_what_we_send_is_no_alarm(channel: Channel, log: Log) -> None:
    a_post("The bridge is open.", to=[channel])
    run_jobs()
    assert len(log.shown) == 2
    assert looked(channel) == []
    assert state(channel) == "active"


def test_what_we_did_not_send_is_one_and_keeps_the_channel_back(channel: Channel, log: Log) -> None:
    log.somebody_posts(LURE)
    assert looked(channel) == [LURE]
    (stray,) = queries.unanswered()
    assert (stray.url, stray.remote_id) == ("https://fake.example/2", "2")
    assert state(channel) == "quarantined"
    a_post("The bridge is open.", to=[channel])
    run_jobs()
    assert log.texts == ["From before we linked it", LURE]
    assert Delivery.objects.get().state == "waiting"


def test_it_is_told_at_once_to_those_who_may_stop(channel: Channel, log: Log) -> None:
    roles = (ADMINISTRATOR, OFFICER, WRITER, READER)
    them = {role: people.invite(f"{role}@council.example", role=role, by=BY) for role in roles}
    log.somebody_posts(LURE)
    looked(channel)
    run_jobs()
    told = Notice.objects.filter(person__in=them.values())
    assert {notice.person.role for notice in told} == {ADMINISTRATOR, OFFICER}
    assert "shows something that we did not send: “We give away coins!" in told[0].title


def test_an_alarm_is_sounded_once(channel: Channel, log: Log) -> None:
    log.somebody_posts(LURE)
    assert looked(channel) == [LURE]
    assert looked(channel) == []
    log.somebody_posts("And more coins")
    assert looked(channel) == ["And more coins"]
    assert Event.objects.filter(kind="listening.stray_seen").count() == 2


def test_a_flood_is_one_alarm(channel: Channel, log: Log) -> None:
    for number in range(30):
        log.somebody_posts(f"Coins {number}")
    assert len(looked(channel)) == 30
    (event,) = Event.objects.filter(kind="listening.stray_seen")
    assert event.data["count"] == 30


def test_that_was_us_lets_the_channel_go_on(channel: Channel, log: Log) -> None:
    log.somebody_posts("Typed on the phone")
    looked(channel)
    sam = people.invite("sam@council.example", role=OFFICER, by=BY)
    assert actions.answer(channel, ours=True, by=sam) == 1
    assert state(channel) == "active"
    stray = queries.strays(channel).get()
    assert (stray.state, stray.answered_by["name"]) == ("ours", sam.name)
    assert looked(channel) == []
    a_post("The bridge is open.", to=[channel])
    run_jobs()
    assert "The bridge is open." in log.texts


def test_only_some_may_answer_and_only_where_something_waits(channel: Channel, log: Log) -> None:
    with pytest.raises(Refusal, match="Nothing on Watched waits"):
        actions.answer(channel, ours=True, by=BY)
    log.somebody_posts(LURE)
    looked(channel)
    writer = people.invite("jo@council.example", role=WRITER, by=BY)
    with pytest.raises(NotAllowed):
        actions.answer(channel, ours=True, by=writer)
    assert state(channel) == "quarantined"


def test_where_people_post_by_hand_the_alarm_does_not_stop_the_channel(
    channel: Channel, log: Log
) -> None:
    channel_actions.describe(channel, tone="", area="", by_hand=True, by=BY)
    log.somebody_posts("Typed on the phone")
    assert looked(channel) == ["Typed on the phone"]
    assert state(channel) == "active"


def in_doubt(channel: Channel, log: Log) -> Delivery:
    """It is there, and we do not know it yet."""
    log.aftermath.append(raises(Unsure("The answer was lost.")))
    log.blind += [raises(Later("Not now.", timedelta(minutes=5)))] * 9
    a_post("The bridge is open.", to=[channel])
    run_jobs()
    log.blind.clear()
    delivery = the_delivery(channel)
    assert delivery.state == "unsure"
    return delivery


def test_a_message_whose_answer_was_lost_is_no_alarm(channel: Channel, log: Log) -> None:
    delivery = in_doubt(channel, log)
    assert looked(channel) == []
    assert queries.strays(channel).get().state == "suspected"
    assert Watch.objects.get().next_at - clock.now() < timedelta(minutes=1)
    Delivery.objects.filter(pk=delivery.pk).update(state="arrived", remote_id="2")
    assert looked(channel) == []
    assert not queries.strays(channel).exists()


def test_behind_what_we_are_sending_nobody_can_hide_for_long(channel: Channel, log: Log) -> None:
    in_doubt(channel, log)
    log.somebody_posts(LURE)
    assert looked(channel) == []
    Stray.objects.update(seen_at=clock.now() - rules.OPEN_FOR)
    assert LURE in looked(channel)


def test_what_was_up_for_a_moment_while_we_were_sending_is_an_alarm(
    channel: Channel, log: Log
) -> None:
    in_doubt(channel, log)
    number = log.somebody_posts(LURE)
    looked(channel)
    log.deleted.append(number)
    Delivery.objects.update(state="arrived", remote_id="2")
    assert looked(channel) == [LURE]


def test_what_a_person_is_asked_about_is_no_alarm_of_its_own(channel: Channel, log: Log) -> None:
    delivery = in_doubt(channel, log)
    asked = {"candidates": [{"remote_id": "2", "url": "https://fake.example/2"}]}
    Delivery.objects.filter(pk=delivery.pk).update(state="asking", evidence=asked)
    assert looked(channel) == []
    log.somebody_posts(LURE)
    assert looked(channel) == [LURE]


def test_linking_again_answers_no_alarm(channel: Channel, log: Log) -> None:
    log.somebody_posts(LURE)
    looked(channel)
    channel_actions.link(Watched.name, {"secret": "new", "handle": "Watched"}, by=BY)
    assert state(channel) == "quarantined"


def test_a_network_that_asks_for_patience_gets_it(channel: Channel, log: Log) -> None:
    log.blind.append(raises(Later("Slow down.", timedelta(minutes=20), pause=True)))
    assert looked(channel) == []
    watch = Watch.objects.get()
    assert timedelta(minutes=19) < watch.next_at - clock.now() <= timedelta(minutes=20)
    assert watch.trouble == "Slow down."
    assert queries.due(clock.now()) == []


def test_a_dead_token_is_told_as_one(channel: Channel, log: Log) -> None:
    log.blind.append(raises(SignedOut("The token was revoked.")))
    looked(channel)
    channel.refresh_from_db()
    assert channel.health == "signed_out"
    assert queries.watchable() == []


def test_each_channel_is_looked_at_in_its_turn_and_those_that_cannot_are_not(
    channel: Channel, log: Log
) -> None:
    a_channel(Mute)
    log.somebody_posts(LURE)
    jobs.watch_channels(0)
    run_jobs()
    assert not queries.unanswered().exists(), "it was looked at this very minute"
    Watch.objects.update(next_at=clock.now())
    jobs.watch_channels(0)
    run_jobs()
    assert [stray.words for stray in queries.unanswered()] == [LURE]


def test_nothing_is_well_while_nobody_has_answered(channel: Channel, log: Log) -> None:
    assert queries.health({"well": True})["well"] is True
    log.somebody_posts(LURE)
    looked(channel)
    assert queries.health({"well": True}) == {"well": False, "not_sent_by_us": 1}
    assert "Watched shows something that we did not send" in queries.troubles()[0]


def changed(channel: Channel, log: Log, remote_id: str, text: str, version: str = "theirs") -> None:
    """Somebody else lets that post say something else."""
    log.written.append(Seen(remote_id, text, f"https://fake.example/{remote_id}", version=version))


@pytest.fixture
def ours(channel: Channel, log: Log) -> Delivery:
    a_post("The bridge is open.", to=[channel])
    run_jobs()
    assert looked(channel) == []
    return the_delivery(channel)


def test_what_we_said_is_watched_for_changes(channel: Channel, ours: Delivery, log: Log) -> None:
    changed(channel, log, ours.remote_id, LURE)
    assert looked(channel) == [LURE]
    assert queries.unanswered().get().change == "post"
    assert state(channel) == "quarantined"
    assert looked(channel) == []


def test_a_correction_of_ours_is_no_alarm(channel: Channel, ours: Delivery, log: Log) -> None:
    edit = Delivery.objects.get(pk=ours.pk)
    changed(channel, log, ours.remote_id, "The bridge is shut.", version="2")
    Delivery.objects.filter(pk=edit.pk).update(version="2")
    assert looked(channel) == []
    assert not queries.strays(channel).exists()


def test_a_correction_whose_answer_was_lost_waits_until_it_is_known(
    channel: Channel, ours: Delivery, log: Log
) -> None:
    Delivery.objects.filter(pk=ours.pk).update(state="unsure", settled_at=None)
    changed(channel, log, ours.remote_id, "The bridge is shut.", version="2")
    assert looked(channel) == []
    assert queries.strays(channel).get().state == "suspected"
    Delivery.objects.filter(pk=ours.pk).update(state="arrived", version="2")
    assert looked(channel) == []
    assert not queries.strays(channel).exists()


def test_what_an_older_worker_sent_this_hour_is_ours_without_a_version(
    channel: Channel, ours: Delivery, log: Log
) -> None:
    Delivery.objects.filter(pk=ours.pk).update(version="")
    changed(channel, log, ours.remote_id, "The bridge is open.")
    assert looked(channel) == []
    Delivery.objects.filter(pk=ours.pk).update(settled_at=clock.now() - rules.OLDER_WORKERS)
    changed(channel, log, ours.remote_id, LURE, "theirs again")
    assert looked(channel) == [LURE]


def test_what_was_said_to_be_ours_and_is_changed_is_an_alarm_again(
    channel: Channel, log: Log
) -> None:
    number = log.somebody_posts("Typed on the phone")
    looked(channel)
    actions.answer(channel, ours=True, by=BY)
    changed(channel, log, number, LURE)
    assert looked(channel) == [LURE]


def test_changes_from_before_the_first_look_are_none(log: Log) -> None:
    log.written.append(Seen("profile", "Town", "", version="1", change=Change.ACCOUNT))
    channel = a_channel(Watched)
    assert actions.look(channel, by=BY) == []
    assert looked(channel) == []
    log.written.append(Seen("profile", LURE, "", version="2", change=Change.ACCOUNT))
    assert looked(channel) == [LURE]


def test_who_does_not_show_changes_is_looked_at_for_new_posts_and_it_is_said(
    channel: Channel, log: Log
) -> None:
    log.unchanging += [raises(Later("No such method.", timedelta(minutes=1)))] * 2
    log.somebody_posts(LURE)
    assert looked(channel) == [LURE]
    assert "not seen on Watched: No such method." in queries.troubles()[-1]
    looked(channel)
    looked(channel)
    assert "No such method." not in " ".join(queries.troubles())

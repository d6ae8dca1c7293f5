"""The protocol, on fake networks whose own log is the judge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from oyez.channels.models import Channel
from oyez.deliveries import actions
from oyez.deliveries.models import Delivery
from oyez.emergency import actions as emergency
from oyez.kit import clock
from oyez.ledger.actor import Refusal
from oyez.ledger.models import Event
from oyez.ledger.moment import database_now
from oyez.networks.contract import Gone, Later, Receipt, Refused, SignedOut, Unsure
from tests.factories import BY, a_channel, a_post, the_delivery
from tests.fakes.networks import Findable, Keyed, Log, Mute, fakes, raises
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Findable, Keyed, Mute) as log:
        yield log


def soon(**fields: object) -> None:
    """Let the time pass that the delivery waits for."""
    past = database_now() - timedelta(seconds=60)
    Delivery.objects.filter(settled_at=None).update(due_at=past, **fields)


def sent_again() -> list[dict[str, object]]:
    return [event.data for event in Event.objects.filter(kind="deliveries.sent_again")]


def test_a_message_arrives_once_with_its_receipt(log: Log) -> None:
    a_post("Hello")
    run_jobs()
    assert log.texts == ["Hello"]
    assert (the_delivery().state, the_delivery().remote_id) == ("arrived", "1")


def test_a_job_that_runs_twice_sends_once(log: Log) -> None:
    a_post("Hello")
    run_jobs()
    actions.publish(the_delivery().pk)
    assert log.texts == ["Hello"]


def test_what_the_network_accepted_without_answering_is_found_and_adopted(log: Log) -> None:
    log.aftermath.append(raises(Unsure("No answer came back.")))
    a_post("Hello")
    run_jobs()
    assert log.texts == ["Hello"]
    assert (the_delivery().state, the_delivery().remote_id) == ("arrived", "1")


def test_what_is_absent_is_looked_for_twice_before_it_is_sent_again(log: Log) -> None:
    log.trouble.append(raises(Unsure("The line broke.")))
    a_post("Hello")
    run_jobs()
    assert (log.texts, log.asked, the_delivery().state) == ([], 1, "unsure")
    soon(absent_at=database_now() - timedelta(minutes=1))
    run_jobs()
    assert (log.texts, log.asked, the_delivery().state) == (["Hello"], 2, "arrived")
    assert [data["looked"] for data in sent_again()] == [True]


def test_after_one_resend_a_person_is_asked(log: Log) -> None:
    log.trouble += [raises(Unsure("The line broke."))] * 2
    a_post("Hello")
    for _ in range(3):
        run_jobs()
        soon(absent_at=database_now() - timedelta(minutes=1))
    run_jobs()
    assert (log.texts, the_delivery().state) == ([], "asking")


def test_a_network_with_keys_is_simply_sent_the_same_again(log: Log) -> None:
    channel = a_channel(Keyed)
    log.aftermath.append(raises(Unsure("No answer came back.")))
    a_post("Hello", to=[channel])
    run_jobs()
    assert (log.texts, the_delivery(channel).state) == (["Hello"], "arrived")
    assert [data["looked"] for data in sent_again()] == [False]


def test_a_network_that_cannot_be_asked_makes_us_ask_a_person(log: Log) -> None:
    channel = a_channel(Mute)
    log.aftermath.append(raises(Unsure("No answer came back.")))
    a_post("Hello", to=[channel])
    run_jobs()
    assert (log.texts, the_delivery(channel).state) == (["Hello"], "asking")
    actions.decide_arrived(the_delivery(channel), by=BY, url="https://fake.example/1")
    assert the_delivery(channel).state == "arrived"


def test_a_person_may_have_it_sent_again(log: Log) -> None:
    channel = a_channel(Mute)
    log.trouble.append(raises(Unsure("The line broke.")))
    a_post("Hello", to=[channel])
    run_jobs()
    actions.decide_resend(the_delivery(channel), by=BY)
    run_jobs()
    assert (log.texts, the_delivery(channel).state) == (["Hello"], "arrived")
    with pytest.raises(Refusal, match="not asking"):
        actions.decide_resend(the_delivery(channel), by=BY)


def test_our_own_mistake_after_the_first_byte_is_unsure_too(log: Log) -> None:
    log.aftermath.append(raises(ZeroDivisionError()))
    a_post("Hello")
    run_jobs()
    assert (log.texts, the_delivery().state) == (["Hello"], "arrived")


def test_a_refusal_is_final_and_says_why(log: Log) -> None:
    log.trouble.append(raises(Refused("The network does not take links to itself.")))
    a_post("Hello")
    run_jobs()
    assert (the_delivery().state, the_delivery().why) == (
        "refused",
        "The network does not take links to itself.",
    )


def test_gone_is_final_too(log: Log) -> None:
    log.trouble.append(raises(Gone("What it answered is no more.")))
    a_post("Hello")
    run_jobs()
    assert the_delivery().state == "refused"


def test_a_busy_network_pauses_the_channel_and_is_tried_again(log: Log) -> None:
    log.trouble.append(raises(Later("Too many requests.", timedelta(minutes=3), pause=True)))
    a_post("Hello")
    run_jobs()
    assert (log.texts, the_delivery().state) == ([], "waiting")
    assert Channel.objects.get(name="Findable").next_slot_at > clock.now() + timedelta(minutes=2)
    Channel.objects.update(next_slot_at=None)
    soon()
    run_jobs()
    assert log.texts == ["Hello"]


def test_a_dead_token_signs_the_channel_out_and_keeps_the_message(log: Log) -> None:
    log.trouble.append(raises(SignedOut("The token was revoked.")))
    a_post("Hello")
    run_jobs()
    channel = Channel.objects.get(name="Findable")
    assert (channel.health, the_delivery().state, log.texts) == ("signed_out", "waiting", [])
    a_channel()  # linked again
    run_jobs()
    assert log.texts == ["Hello"]


def link_again_and_sign_out() -> None:
    a_channel()
    raise SignedOut("The old token was revoked.")


@pytest.mark.parametrize("fault", ["trouble", "blind", "at_first"])
def test_a_dead_old_token_does_not_sign_a_channel_out_that_was_linked_again(
    log: Log, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if fault == "at_first":
        monkeypatch.setattr(Findable, "newest", once(link_again_and_sign_out))
    elif fault == "blind":
        log.aftermath.append(raises(Unsure("No answer came back.")))
        log.blind.append(link_again_and_sign_out)
    else:
        log.trouble.append(link_again_and_sign_out)
    a_post("Hello")
    run_jobs()
    assert Channel.objects.get(name="Findable").health == "working"
    soon()
    run_jobs()
    assert (log.texts, the_delivery().state) == (["Hello"], "arrived")


def once(fault: Callable[[], None]) -> Callable[[Findable], str]:
    faults = [fault]

    def newest(_: Findable) -> str:
        if faults:
            faults.pop()()
        return ""

    return newest


def test_a_stop_keeps_it_waiting_and_resume_lets_it_go(log: Log) -> None:
    emergency.stop(None, why="Storm", by=BY)
    a_post("Hello")
    run_jobs()
    assert (log.texts, the_delivery().state) == ([], "waiting")
    emergency.resume(None, by=BY)
    run_jobs()
    assert log.texts == ["Hello"]


def test_a_stop_pressed_after_queueing_still_holds(log: Log) -> None:
    a_post("Hello")
    _queue_only()
    emergency.stop(None, why="Storm", by=BY)
    actions.publish(the_delivery().pk)
    assert (log.texts, the_delivery().state) == ([], "waiting")
    assert "Storm" in the_delivery().why


def test_late_is_withheld_and_said(log: Log) -> None:
    emergency.stop(None, why="Storm", by=BY)
    a_post("Hello")
    run_jobs()
    Delivery.objects.update(not_after=database_now() - timedelta(seconds=1))
    emergency.resume(None, by=BY)
    run_jobs()
    assert (log.texts, the_delivery().state) == ([], "withheld")
    assert "Too late" in the_delivery().why


def test_what_may_be_there_is_never_called_not_sent(log: Log) -> None:
    channel = a_channel(Keyed)
    log.aftermath += [raises(Unsure("No answer came back."))] * 9
    a_post("Hello", to=[channel])
    run_jobs(passes=1)
    Delivery.objects.update(not_after=database_now() - timedelta(seconds=1))
    soon()
    run_jobs()
    assert (log.texts, the_delivery(channel).state) == (["Hello"], "asking")


def test_a_refused_repeat_of_what_may_be_there_is_a_question(log: Log) -> None:
    channel = a_channel(Keyed)
    log.aftermath.append(raises(Unsure("No answer came back.")))
    log.trouble += [lambda: None, raises(Refused("The account is limited."))]
    a_post("Hello", to=[channel])
    run_jobs()
    asking = the_delivery(channel)
    assert (log.texts, asking.state) == (["Hello"], "asking")
    assert "The account is limited." in asking.why
    assert "may be there" in asking.why
    assert asking.evidence["refused"] == "The account is limited."


def test_the_same_words_wait_while_the_first_are_in_doubt(log: Log) -> None:
    channel = a_channel()
    log.trouble.append(raises(Unsure("The line broke.")))
    a_post("Hello", to=[channel])
    run_jobs()
    a_post("Hello", to=[channel])
    a_post("Something else", to=[channel])
    run_jobs()
    assert log.texts == ["Something else"]


def test_a_post_of_another_delivery_is_never_adopted(log: Log) -> None:
    channel = a_channel()
    log.trouble.append(raises(Unsure("The line broke.")))
    a_post("Hello", to=[channel])
    run_jobs()
    log.shown.append(("somebody", "Hello"))
    stranger = a_post("Other", to=[channel])
    run_jobs()
    Delivery.objects.filter(wording__variant__post=stranger).update(remote_id="1", state="arrived")
    soon()
    run_jobs()
    assert Delivery.objects.get(wording__text="Hello").state == "unsure"


def test_a_worker_that_died_while_sending_leaves_an_unsure_delivery(log: Log) -> None:
    a_post("Hello")
    _queue_only()
    log.shown.append(("x", "Hello"))
    Delivery.objects.update(
        state="sending", worker=1, watermark="", touched_at=database_now() - timedelta(minutes=5)
    )
    run_jobs()
    assert (log.texts, the_delivery().state, the_delivery().remote_id) == (
        ["Hello"],
        "arrived",
        "1",
    )


def test_a_future_message_waits_for_its_time(log: Log) -> None:
    a_post("Hello", at=clock.now() + timedelta(hours=1))
    run_jobs()
    assert (log.texts, the_delivery().state) == ([], "waiting")


def _queue_only() -> None:
    from oyez.decisions.actions import open_review
    from oyez.posts.models import Post

    for post in Post.objects.all():
        open_review(post, by=BY)
        actions.plan(post, by=BY)
    Delivery.objects.update(state="queued", attempt=1)


def test_our_own_mistake_while_looking_ends_as_a_question(log: Log) -> None:
    log.aftermath.append(raises(Unsure("No answer came back.")))
    log.blind += [raises(ZeroDivisionError())] * 2
    a_post("Hello")
    run_jobs()
    assert the_delivery().state == "unsure"
    soon(unsure_at=database_now() - timedelta(hours=1))
    run_jobs()
    assert (log.texts, the_delivery().state) == (["Hello"], "asking")


@pytest.mark.parametrize("number", ["77\x00", "77\ud800", "7" * 501])
def test_a_receipt_that_cannot_be_kept_ends_as_a_question(
    log: Log, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Findable, "_accept", lambda self, message, key: number)
    found = [Receipt(number, "https://fake.example/")]
    monkeypatch.setattr(Findable, "find", lambda self, message, key, since: found)
    a_post("Hello")
    run_jobs()
    _doubt_what_was_let_go()
    run_jobs()
    assert the_delivery().state == "unsure"
    soon(unsure_at=database_now() - timedelta(hours=1))
    run_jobs()
    assert the_delivery().state == "asking"


def test_a_watermark_that_cannot_be_kept_is_tried_again_with_words(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Findable, "newest", lambda self: "77\x00")
    a_post("Hello")
    run_jobs()
    assert (log.texts, the_delivery().state) == ([], "waiting")
    assert "our side" in the_delivery().why


def test_a_network_that_is_busy_again_and_again_is_asked_ever_less_often(log: Log) -> None:
    for _ in range(6):
        log.trouble.append(raises(Later("Too many.", timedelta(seconds=1), pause=True)))
        a_post("Hello") if not Delivery.objects.exists() else None
        Channel.objects.update(next_slot_at=None)
        soon()
        run_jobs()
    assert the_delivery().due_at > database_now() + timedelta(minutes=2)


def _doubt_what_was_let_go() -> None:
    past = database_now() - timedelta(minutes=5)
    Delivery.objects.filter(state="sending").update(touched_at=past)

"""Who must say yes to exactly which words, and what happens when they do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Model

from oyez.channels.models import Channel
from oyez.decisions import actions, queries, rules
from oyez.decisions.models import Decision, Review, Vote
from oyez.decisions.rules import Asked
from oyez.deliveries.models import Delivery
from oyez.kit import clock
from oyez.ledger.actor import Actor, NotAllowed, Refusal
from oyez.ledger.moment import database_now
from oyez.people import actions as people
from oyez.people.models import Person
from oyez.people.rules import APPROVER, MONITORING_OFFICER, OFFICER, READER, WRITER, console
from oyez.posts import actions as posts
from oyez.posts import queries as post_queries
from oyez.posts.actions import writing
from oyez.posts.draft import Draft
from oyez.posts.models import Post
from oyez.requests import actions as requests
from tests.decisions.conftest import SomeBody
from tests.factories import BY, a_channel, a_feed, an_item
from tests.factories import asked as a_wish
from tests.fakes.networks import Log
from tests.jobs import run_jobs
from tests.times import as_if_at, machine_off_by

pytestmark = pytest.mark.django_db(transaction=True)


def a_channel_asking(*steps: Asked) -> Channel:
    channel = a_channel()
    actions.set_steps(channel, steps or [Asked(role=APPROVER)], by=BY)
    return channel


def handed_in(by: Actor, channel: Channel, text: str = "The bridge is open.", **more: str) -> Post:
    post = posts.start(Draft(text=text, to=(channel.pk,), **more), by=by)  # type: ignore[arg-type]
    return actions.hand_in(post, by=by)


def the_review(post: Post) -> Review:
    review = queries.review_of(post)
    assert review
    return review


def yes(post: Post, by: Actor, reason: str = "") -> Review:
    review = the_review(post)
    return actions.vote_yes(review, digest=review.digest, by=by, reason=reason)


def test_nothing_goes_before_a_second_person_says_yes(log: Log, someone: SomeBody) -> None:
    asha, ben = someone("Asha"), someone("Ben", APPROVER)
    post = handed_in(asha, a_channel_asking())
    run_jobs()
    assert log.texts == []
    yes(post, ben)
    run_jobs()
    assert log.texts == ["The bridge is open."]


def test_a_channel_without_steps_trusts_a_publisher_and_not_a_writer(
    log: Log, someone: SomeBody
) -> None:
    channel = a_channel()
    handed_in(someone("Asha", OFFICER), channel, "From a publisher.")
    handed_in(someone("Wyn", WRITER), channel, "From a writer.")
    run_jobs()
    assert log.texts == ["From a publisher."]


@pytest.mark.parametrize("kept", [Decision, Vote])
def test_the_database_keeps_what_was_decided(someone: SomeBody, kept: type[Model]) -> None:
    yes(handed_in(someone("Asha"), a_channel_asking()), someone("Ben", APPROVER))
    before = list(kept._default_manager.values())
    assert before
    for change in (
        lambda: kept._default_manager.update(digest="0" * 64),
        lambda: kept._default_manager.update(by={"kind": "person", "id": "1", "name": "Asha"}),
        lambda: kept._default_manager.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
            change()
    assert list(kept._default_manager.values()) == before


def test_all_consoles_are_one_author(log: Log) -> None:
    """People in every way and at every door: test_four_eyes.py."""
    post = handed_in(console("root"), a_channel_asking())
    with pytest.raises(Refusal, match="somebody else must approve"):
        yes(post, console("someone-else"))
    run_jobs()
    assert log.texts == []


def test_a_changed_word_needs_a_new_yes(log: Log, someone: SomeBody) -> None:
    asha, ben = someone("Asha"), someone("Ben")
    channel = a_channel_asking()
    post = handed_in(asha, channel, wall="2028-01-10T09:00", zone="Europe/London")
    yes(post, ben)
    run_jobs()
    assert Delivery.objects.get().state == "waiting"
    taken = posts.take_back(post, by=asha)
    words = Draft(text="Other words.", to=(channel.pk,))
    posts.save(taken, words, based_on=taken.version, by=asha)
    run_jobs()
    assert Delivery.objects.get().state == "withheld"
    actions.hand_in(post_queries.one(post.pk), by=asha)
    run_jobs()
    assert log.texts == []
    yes(post, ben)
    run_jobs()
    assert log.texts == ["Other words."]


def test_words_taken_back_are_stopped_even_without_the_listener(
    log: Log, someone: SomeBody
) -> None:
    """The claim itself asks: a lost job cannot let old words out."""
    post = handed_in(someone("Asha"), a_channel())
    run_jobs(passes=0)
    posts.take_back(post, by=BY)
    Post.objects.filter(pk=post.pk).update(version=7)  # whatever the queue still holds
    run_jobs()
    assert log.texts == []


def test_a_yes_to_an_older_version_is_refused(someone: SomeBody) -> None:
    asha, ben = someone("Asha"), someone("Ben")
    post = handed_in(asha, a_channel_asking())
    old = the_review(post)
    taken = posts.take_back(post, by=asha)
    posts.save(taken, Draft(text="New.", to=taken.draft.to), based_on=taken.version, by=asha)
    actions.hand_in(post_queries.one(post.pk), by=asha)
    with pytest.raises(Refusal, match="changed since you opened"):
        actions.vote_yes(old, digest=old.digest, by=ben)


def test_the_digest_must_be_the_one_that_was_read(someone: SomeBody) -> None:
    post = handed_in(someone("Asha"), a_channel_asking())
    with pytest.raises(Refusal, match="changed since you opened"):
        actions.vote_yes(the_review(post), digest="0" * 64, by=someone("Ben"))


def test_two_approvals_at_once_are_one_decision(log: Log, someone: SomeBody) -> None:
    post = handed_in(someone("Asha"), a_channel_asking())
    yes(post, someone("Ben"))
    with pytest.raises(Refusal, match="decided already: approved"):
        yes(post, someone("Cai"))
    run_jobs()
    assert len(log.texts) == 1


def test_an_approver_who_lost_the_role_in_between_cannot_approve(someone: SomeBody) -> None:
    ben = someone("Ben", APPROVER)
    post = handed_in(someone("Asha"), a_channel_asking())
    stale = Person.objects.get(pk=ben.pk)  # as their session still knows them
    people.give(ben, role=READER, by=BY)
    with pytest.raises(Refusal, match="that is not you"):
        yes(post, stale)


def test_a_yes_of_somebody_who_lost_the_role_no_longer_counts(someone: SomeBody) -> None:
    ben, cai = someone("Ben", APPROVER), someone("Cai", APPROVER)
    both = Asked(need=rules.QUORUM, count=2, role=APPROVER)
    post = handed_in(someone("Wyn", WRITER), a_channel_asking(both))
    yes(post, ben)
    people.give(ben, role=READER, by=BY)
    assert yes(post, cai).state == Review.State.OPEN


def test_a_reader_may_not_decide(someone: SomeBody) -> None:
    post = handed_in(someone("Asha"), a_channel_asking())
    with pytest.raises(NotAllowed):
        yes(post, someone("Rhys", READER))


def test_steps_follow_one_another_and_all_means_all(log: Log, someone: SomeBody) -> None:
    ben, cai, elin = someone("Ben"), someone("Cai"), someone("Elin", READER, MONITORING_OFFICER)
    first = Asked(need=rules.ALL, people=(ben.pk, cai.pk))
    channel = a_channel_asking(first, Asked(role=MONITORING_OFFICER))
    post = handed_in(someone("Asha"), channel)
    with pytest.raises(Refusal, match="asks Ben, Cai, and that is not you"):
        yes(post, elin)
    yes(post, ben)
    assert [stood.done for stood in queries.standing(the_review(post))] == [False, False]
    yes(post, cai)
    assert yes(post, elin).state == Review.State.APPROVED
    run_jobs()
    assert log.texts == ["The bridge is open."]


def test_one_person_cannot_make_a_quorum(someone: SomeBody) -> None:
    ben = someone("Ben")
    post = handed_in(
        someone("Asha"), a_channel_asking(Asked(need=rules.QUORUM, count=2, role=APPROVER))
    )
    yes(post, ben)
    assert yes(post, ben).state == Review.State.OPEN


def test_an_empty_role_lets_nobody_through(someone: SomeBody) -> None:
    post = handed_in(someone("Asha"), a_channel_asking(Asked(role=MONITORING_OFFICER)))
    with pytest.raises(Refusal, match="monitoring officer, and nobody is"):
        yes(post, someone("Ben"))


def test_a_no_gives_the_draft_back_with_its_reasons(log: Log, someone: SomeBody) -> None:
    asha, ben = someone("Asha"), someone("Ben")
    post = handed_in(asha, a_channel_asking())
    review = the_review(post)
    with pytest.raises(Refusal, match="Say what should change"):
        actions.ask_for_changes(review, {"text": " "}, digest=review.digest, by=ben)
    actions.ask_for_changes(review, {"text": "Which bridge?"}, digest=review.digest, by=ben)
    post = post_queries.one(post.pk)
    assert post.is_draft
    assert the_review(post).votes.get().reasons == {"text": "Which bridge?"}
    run_jobs()
    assert log.texts == []


def test_an_approver_who_asked_for_changes_is_no_author(someone: SomeBody) -> None:
    asha, ben = someone("Asha"), someone("Ben")
    post = handed_in(asha, a_channel_asking())
    review = the_review(post)
    actions.ask_for_changes(review, {"": "Shorter."}, digest=review.digest, by=ben)
    post = post_queries.one(post.pk)
    posts.save(post, Draft(text="Open.", to=post.draft.to), based_on=post.version, by=asha)
    actions.hand_in(post_queries.one(post.pk), by=asha)
    assert yes(post, ben).state == Review.State.APPROVED


def test_an_approval_after_its_time_asks_and_does_not_send(
    log: Log, someone: SomeBody, monkeypatch: pytest.MonkeyPatch
) -> None:
    asha, ben = someone("Asha"), someone("Ben")
    real = database_now()
    monkeypatch.setattr(writing, "database_now", lambda: real - timedelta(hours=1))
    half_past = real - timedelta(minutes=30)
    post = handed_in(asha, a_channel_asking(), wall=f"{half_past:%Y-%m-%dT%H:%M}", zone="UTC")
    assert yes(post, ben).state == Review.State.LATE
    run_jobs()
    assert log.texts == []
    actions.send_late(the_review(post), by=ben)
    run_jobs()
    assert log.texts == ["The bridge is open."]


def test_what_is_late_does_not_go_on_a_yes_that_has_lapsed(
    log: Log, someone: SomeBody, monkeypatch: pytest.MonkeyPatch
) -> None:
    asha, ben, cai = someone("Asha"), someone("Ben"), someone("Cai")
    real = database_now()
    monkeypatch.setattr(writing, "database_now", lambda: real - timedelta(hours=1))
    half_past = real - timedelta(minutes=30)
    post = handed_in(asha, a_channel_asking(), wall=f"{half_past:%Y-%m-%dT%H:%M}", zone="UTC")
    assert yes(post, ben).state == Review.State.LATE
    people.give(ben, role=READER, by=BY)
    with pytest.raises(Refusal, match="yes no longer stands: .* Take the message back"):
        actions.send_late(the_review(post), by=cai)
    run_jobs()
    assert (log.texts, the_review(post).state) == ([], Review.State.LATE)
    draft = posts.take_back(post_queries.one(post.pk), by=asha)
    draft = posts.save(draft, replace(draft.draft, wall=""), based_on=draft.version, by=asha)
    actions.hand_in(draft, by=asha)
    assert yes(draft, cai).state == Review.State.APPROVED


def test_what_was_taken_back_asks_nobody(someone: SomeBody) -> None:
    post = handed_in(someone("Asha"), a_channel_asking())
    posts.take_back(post, by=BY)
    run_jobs()
    assert the_review(post).state == Review.State.WITHDRAWN
    assert not queries.open_reviews().exists()


def test_handed_in_again_at_once_asks_again(someone: SomeBody) -> None:
    asha = someone("Asha")
    post = handed_in(asha, a_channel_asking())
    taken = posts.take_back(post, by=asha)
    actions.hand_in(taken, by=asha)
    run_jobs()  # the listener of the taking back comes after the second handing in
    assert the_review(post).state == Review.State.OPEN


def test_a_feed_trusted_by_one_asks_where_the_channel_asks_for_two(
    log: Log, someone: SomeBody
) -> None:
    channel = a_channel_asking()
    feed = a_feed(to=[channel])
    an_item(feed)
    run_jobs()
    assert log.texts == []
    assert queries.open_reviews().count() == 1


def test_reminders_come_once_and_then_somebody_else_is_asked(someone: SomeBody) -> None:
    handed_in(someone("Asha"), a_channel_asking())
    start = clock.now()
    for hours, count in ((1, 0), (5, 1), (6, 0), (13, 1), (20, 0)):
        with as_if_at(start + timedelta(hours=hours)):
            assert actions.remind(by=BY) == count


@pytest.mark.parametrize("hours", [25, -25])
def test_reminders_and_late_yeses_go_by_the_database_s_clock(someone: SomeBody, hours: int) -> None:
    asha, ben, soon = someone("Asha"), someone("Ben"), database_now() + timedelta(hours=5)
    wall = f"{soon:%Y-%m-%dT%H:%M}"
    post = handed_in(asha, a_channel_asking(), wall=wall, zone="UTC")
    with machine_off_by(timedelta(hours=hours)):
        assert actions.remind(by=BY) == 0
        assert yes(post, ben).state == Review.State.APPROVED


def away(person: Person, deputy: Person) -> None:
    today = clock.now().date()
    people.set_absence(person, today, today + timedelta(days=3), deputy, by=BY)


def test_a_deputy_answers_for_whoever_is_away(log: Log, someone: SomeBody) -> None:
    ben, dee = someone("Ben", APPROVER), someone("Dee", READER, MONITORING_OFFICER)
    away(ben, dee)
    post = handed_in(someone("Asha"), a_channel_asking(Asked(people=(ben.pk,))))
    assert yes(post, dee).state == Review.State.APPROVED
    assert the_review(post).votes.get().instead_of["name"] == "Ben"


def test_a_deputy_never_says_yes_in_the_name_of_the_author(log: Log, someone: SomeBody) -> None:
    asha, dee = someone("Asha"), someone("Dee", READER, MONITORING_OFFICER)
    away(asha, dee)
    post = handed_in(asha, a_channel_asking(Asked(people=(asha.pk,))))
    assert queries.waiting_for(dee) == []
    with pytest.raises(Refusal, match="that is not you"):
        yes(post, dee)
    run_jobs()
    assert log.texts == []


def test_whoever_asked_for_the_words_is_not_asked_for_a_yes(someone: SomeBody) -> None:
    asha, ben, channel = someone("Asha"), someone("Ben"), a_channel_asking()
    asked = requests.ask(a_wish(what="Asha’s words."), by=asha)
    draft = Draft("Asha’s words.", (channel.pk,)).asked_by(asked.pk)
    review = the_review(actions.hand_in(posts.start(draft, by=someone("Wyn", WRITER)), by=asha))
    Post.objects.update(handed_in_by={})  # the request alone tells that they are hers
    assert queries.waiting_for(asha) == []
    assert queries.waiting_for(ben) == [review]

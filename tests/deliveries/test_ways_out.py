"""Ways by which words could leave unread, unheld or twice, or stay up: none of them works."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from oyez.decisions import actions as decisions
from oyez.decisions import queries as reviews
from oyez.decisions.models import Decision
from oyez.decisions.rules import Asked
from oyez.deliveries import actions, queries, shift
from oyez.deliveries.models import Delivery
from oyez.emergency import actions as emergency
from oyez.kit import clock
from oyez.ledger.actor import Refusal
from oyez.library import actions as library
from oyez.networks.contract import Refused, Unsure
from oyez.people import actions as people
from oyez.people.models import Person
from oyez.people.rules import APPROVER, MONITORING_OFFICER, OFFICER, READER, WRITER, job
from oyez.posts import actions as posts
from oyez.posts import queries as post_queries
from oyez.posts.draft import Draft, Placed
from oyez.posts.models import Post
from tests.factories import BY, a_channel, a_post, a_pre_election
from tests.fakes.networks import Findable, Keyed, Log, Mute, fakes, raises
from tests.formats.gallery import png
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Findable, Keyed, Mute) as log:
        yield log
    shift.end()


def someone(name: str, role: str = OFFICER, *duties: str) -> Person:
    person = people.invite(f"{name.lower()}@council.example", name=name, role=role, by=BY)
    people.give(person, duties=duties, by=BY)
    return person


def wall(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M}"


def soon(days: int = 2) -> datetime:
    return (clock.now() + timedelta(days=days)).replace(minute=0, second=0, microsecond=0)


def corrected(post: Post, text: str, **more: object) -> Post:
    draft = actions.correct(post, by=BY)
    said = replace(draft.draft.saying(text), **more)
    saved = posts.save(draft, said, based_on=draft.version, by=BY)
    return decisions.hand_in(saved, by=BY)


def a_picture() -> Placed:
    kept = library.upload(png(8, 8, b"\x10" * 3 * 64), "bridge.png", by=BY)
    library.describe(kept, alt="A bridge", licence="Our own", politician=True, by=BY)
    return Placed(kept.pk)


# --- words that nobody but their author approved --------------------------------------------


def test_moving_in_the_planner_approves_nothing_that_waits_for_a_yes(log: Log) -> None:
    """A writer's words wait for approval; an officer drags them to another day."""
    wyn, olga = someone("Wyn", WRITER), someone("Olga", OFFICER)
    draft = Draft("Words nobody has read.", (a_channel().pk,), wall=wall(soon()), zone="UTC")
    post = decisions.hand_in(posts.start(draft, by=wyn), by=wyn)
    run_jobs()
    assert reviews.review_of(post).is_open
    actions.move(post_queries.one(post.pk), wall=wall(soon(3)), zone="UTC", by=olga)
    run_jobs()
    assert not Decision.objects.filter(verdict="approved").exists()
    assert reviews.review_of(post).is_open


def test_moving_one_language_does_not_approve_the_other(log: Log) -> None:
    wyn, olga = someone("Wyn", WRITER), someone("Olga", OFFICER)
    channel = a_channel()
    english = posts.start(Draft("Bins", (channel.pk,), wall=wall(soon()), zone="UTC"), by=olga)
    welsh = posts.start(
        Draft("Biniau heb eu darllen", (channel.pk,), language="cy", wall=wall(soon()), zone="UTC"),
        by=wyn,
    )
    posts.pair(english, welsh, by=BY)
    decisions.hand_in(post_queries.one(english.pk), by=olga)
    decisions.hand_in(post_queries.one(welsh.pk), by=wyn)
    run_jobs()
    assert not Decision.objects.filter(wording__variant__post=welsh).exists()
    actions.move(post_queries.one(english.pk), wall=wall(soon(3)), zone="UTC", by=olga)
    run_jobs()
    assert not Decision.objects.filter(wording__variant__post=welsh).exists()


def test_whoever_wrote_what_comes_again_does_not_approve_it(log: Log) -> None:
    asha, wyn = someone("Asha", OFFICER), someone("Wyn", WRITER)
    channel = a_channel()
    starts = soon(2).replace(tzinfo=None)
    posts.repeat(
        Draft("Asha's own words.", (channel.pk,)),
        rule="FREQ=DAILY",
        starts=starts,
        zone="UTC",
        by=asha,
    )
    posts.make_due(by=job("posts"))
    post = post_queries.drafts().first()
    assert post
    decisions.hand_in(post, by=wyn)
    review = reviews.review_of(post)
    assert review
    assert review.is_open
    with pytest.raises(Refusal):
        decisions.vote_yes(review, digest=review.digest, by=asha)


def test_the_author_does_not_send_their_own_words_late(log: Log) -> None:
    asha, ben = someone("Asha", OFFICER), someone("Ben", APPROVER)
    channel = a_channel()
    decisions.set_steps(channel, [Asked(role=APPROVER)], by=BY)
    draft = Draft("Come today.", (channel.pk,), wall=wall(soon()), zone="UTC")
    post = decisions.hand_in(posts.start(draft, by=asha), by=asha)
    review = reviews.review_of(post)
    type(review).objects.update(due_at=clock.now() - timedelta(hours=3))
    review.refresh_from_db()
    review = decisions.vote_yes(review, digest=review.digest, by=ben)
    assert review.state == "late"
    with pytest.raises(Refusal):
        decisions.send_late(review, by=asha)


def test_a_copy_keeps_its_author(log: Log) -> None:
    asha, wyn = someone("Asha", OFFICER), someone("Wyn", WRITER)
    post = posts.start(Draft("Asha's words.", (a_channel().pk,)), by=asha)
    copy = posts.copy(post, by=wyn)
    decisions.hand_in(copy, by=wyn)
    review = reviews.review_of(copy)
    with pytest.raises(Refusal):
        decisions.vote_yes(review, digest=review.digest, by=asha)


def test_words_that_lost_and_were_merged_keep_their_author(log: Log) -> None:
    asha, wyn = someone("Asha", OFFICER), someone("Wyn", WRITER)
    to = (a_channel().pk,)
    post = posts.start(Draft("One.", to), by=wyn)
    posts.save(post, Draft("Wyn.", to), based_on=1, by=wyn)
    with pytest.raises(posts.Changed) as changed:
        posts.save(post, Draft("Asha's words.", to), based_on=1, by=asha)
    lost = changed.value.lost
    now = post_queries.one(post.pk)
    from oyez.posts.draft import merged

    posts.save(now, merged(lost.draft, now.draft, {"text"}), based_on=now.version, by=wyn)
    now = post_queries.one(post.pk)
    assert now.draft.text == "Asha's words."
    decisions.hand_in(now, by=wyn)
    review = reviews.review_of(now)
    with pytest.raises(Refusal):
        decisions.vote_yes(review, digest=review.digest, by=asha)


# --- periods -----------------------------------------------------------------------------------


def test_a_period_that_begins_while_a_review_is_open_holds_too(log: Log) -> None:
    asha, ben, _elin = (
        someone("Asha", WRITER),
        someone("Ben", APPROVER),
        someone("Elin", READER, MONITORING_OFFICER),
    )
    channel = a_channel()
    draft = Draft("With the leader", (channel.pk,), media=(a_picture(),))
    post = decisions.hand_in(posts.start(draft, by=asha), by=asha)
    review = reviews.review_of(post)
    assert review.is_open
    a_pre_election()
    run_jobs()
    review.refresh_from_db()
    try:
        decisions.vote_yes(review, digest=review.digest, by=ben)
    except Refusal:
        return
    run_jobs()
    assert log.texts == []


def test_a_period_holds_what_waits_behind_a_stop(log: Log) -> None:
    asha = someone("Asha")
    channel = a_channel()
    emergency.stop(None, why="Storm", by=BY)
    draft = Draft("With the leader", (channel.pk,), media=(a_picture(),))
    decisions.hand_in(posts.start(draft, by=asha), by=asha)
    run_jobs()
    assert Delivery.objects.get().state == "waiting"
    a_pre_election()
    run_jobs()
    emergency.resume(None, by=BY)
    run_jobs()
    assert log.texts == []


def test_a_period_holds_what_was_approved_too_late(log: Log) -> None:
    asha, ben = someone("Asha", OFFICER), someone("Ben", APPROVER)
    channel = a_channel()
    decisions.set_steps(channel, [Asked(role=APPROVER)], by=BY)
    draft = Draft(
        "With the leader", (channel.pk,), media=(a_picture(),), wall=wall(soon()), zone="UTC"
    )
    post = decisions.hand_in(posts.start(draft, by=asha), by=asha)
    review = reviews.review_of(post)
    type(review).objects.update(due_at=clock.now() - timedelta(hours=3))
    review.refresh_from_db()
    review = decisions.vote_yes(review, digest=review.digest, by=ben)
    a_pre_election()
    run_jobs()
    try:
        decisions.send_late(review, by=ben)
    except Refusal:
        return
    run_jobs()
    from oyez.decisions.models import Hold

    assert Hold.objects.exists()


# --- corrections and taking down ----------------------------------------------------------------


def test_taking_down_does_not_wait_for_a_correction_of_tomorrow(log: Log) -> None:
    post = a_post("Frist words.", to=[a_channel()])
    run_jobs()
    corrected(post, "First words.", wall=wall(soon(1)), zone="UTC")
    run_jobs()
    actions.take_down(post_queries.one(post.pk), reason="Dangerous.", by=BY)
    run_jobs()
    assert log.texts == []


def test_taking_down_does_not_wait_for_a_correction_that_is_held(log: Log) -> None:
    asha = someone("Asha")
    channel = a_channel()
    post = decisions.hand_in(
        posts.start(Draft("Frist.", (channel.pk,), media=(a_picture(),)), by=asha), by=asha
    )
    run_jobs()
    corrected(post, "First.", wall=wall(soon(2)), zone="UTC")
    run_jobs()
    a_pre_election()
    run_jobs()
    edit = Delivery.objects.get(kind="edit")
    assert reviews.what_holds(edit.wording)
    actions.take_down(post_queries.one(post.pk), reason="Pre-election.", by=BY)
    run_jobs()
    assert log.texts == []


def test_taking_down_does_not_wait_for_a_correction_in_doubt(log: Log) -> None:
    post = a_post("Frist words.", to=[a_channel()])
    run_jobs()
    log.aftermath += [raises(Unsure("The line broke."))] * 3
    corrected(post, "First words.")
    run_jobs()
    actions.take_down(post_queries.one(post.pk), reason="Dangerous.", by=BY)
    run_jobs()
    assert log.texts == []


def test_a_correction_does_not_bring_back_what_was_taken_down(log: Log) -> None:
    one, other = a_channel(Findable, name="One"), a_channel(Keyed, name="Other")
    post = a_post("Frist words.", to=[one, other])
    run_jobs()
    actions.take_down(post, reason="Not for this audience.", channels=[one.pk], by=BY)
    run_jobs()
    assert len(log.texts) == 1
    corrected(post_queries.one(post.pk), "First words.")
    run_jobs()
    assert log.texts == ["First words."]


def test_a_correction_does_not_say_what_a_person_kept_from_going(log: Log) -> None:
    one, other = a_channel(Findable, name="One"), a_channel(Keyed, name="Other")
    emergency.stop(one, why="x", by=BY)
    post = a_post("Frist words.", to=[one, other])
    run_jobs()
    delivery = Delivery.objects.get(channel=one)
    actions.withhold(delivery, "Not to these people.", by=BY)
    emergency.resume(one, by=BY)
    corrected(post_queries.one(post.pk), "First words.")
    run_jobs()
    assert log.texts == ["First words."]


def test_correcting_one_language_leaves_the_time_of_the_other(log: Log) -> None:
    english = a_post("Frist words.", to=[a_channel()])
    run_jobs()
    welsh = actions.begin_pair(english, "cy", by=BY)
    draft = replace(welsh.draft, text="Geiriau", wall=wall(soon()), zone="UTC")
    welsh = posts.save(welsh, draft, based_on=welsh.version, by=BY)
    actions.correct(post_queries.one(english.pk), by=BY)
    assert post_queries.one(welsh.pk).draft.wall == wall(soon())


def test_correcting_one_language_leaves_the_plan_of_the_other(log: Log) -> None:
    english = a_post("Frist words.", to=[a_channel()])
    run_jobs()
    welsh = actions.begin_pair(english, "cy", by=BY)
    draft = replace(welsh.draft, text="Geiriau", wall=wall(soon()), zone="UTC")
    welsh = posts.save(welsh, draft, based_on=welsh.version, by=BY)
    decisions.hand_in(welsh, by=BY)
    run_jobs()
    actions.correct(post_queries.one(english.pk), by=BY)
    assert post_queries.one(welsh.pk).draft.wall == wall(soon())


def test_withholding_what_asks_is_answered_in_words(log: Log) -> None:
    a_post("Words", to=[a_channel(Mute)])
    log.aftermath.append(raises(Unsure("The line broke.")))
    run_jobs()
    run_jobs()
    asking = queries.asking().get()
    with contextlib.suppress(Refusal):
        actions.withhold(asking, "Leave it.", by=BY)


def test_withholding_a_take_down_that_asks(log: Log) -> None:
    post = a_post("Wrong.", to=[a_channel(Findable)])
    run_jobs()
    actions.take_down(post, reason="Wrong.", by=BY)
    Delivery.objects.filter(kind="delete").update(state="asking", unsure_at=clock.now())
    with contextlib.suppress(Refusal):
        actions.withhold(queries.asking().get(), "Leave it.", by=BY)


def test_what_was_only_seen_is_not_taken_down_by_a_number_we_made_up(log: Log) -> None:
    """A person said “it is there” without its id; taking it down cannot know which one."""
    post = a_post("Words", to=[a_channel(Keyed)])
    log.aftermath.append(raises(Unsure("The line broke.")))
    run_jobs(passes=1)
    Delivery.objects.update(state="asking", unsure_at=clock.now(), notebook={})
    actions.decide_arrived(queries.asking().get(), url="https://fake.example/1", by=BY)
    assert Delivery.objects.get().remote_id.startswith("seen:")
    try:
        actions.take_down(post_queries.one(post.pk), reason="Wrong.", by=BY)
    except Refusal:
        return
    run_jobs()
    assert log.texts == [] or queries.is_out(post), "said to be gone, and stands there"


def test_a_link_is_not_said_twice_after_a_refusal_and_a_correction(log: Log) -> None:
    channel = a_channel()
    text = "Road closed https://council.example/1"
    log.trouble.append(raises(Refused("No.")))
    post = a_post(text, to=[channel])
    run_jobs()
    draft = posts.take_back(post, by=BY)
    draft = posts.save(draft, draft.draft.saying("Now: " + text), based_on=draft.version, by=BY)
    decisions.hand_in(draft, by=BY)
    run_jobs()
    assert len(log.texts) == 1
    assert post_queries.said_lately(channel, "https://council.example/1", clock.now())


def test_a_thread_whose_second_part_failed_is_corrected(log: Log) -> None:
    post = a_post("One.\n---\nTwo.", to=[a_channel()])
    log.trouble += [lambda: None, raises(Refused("No."))]
    run_jobs()
    assert log.texts == ["One."]
    corrected(post, "One!\n---\nTwo!")
    run_jobs()
    assert log.texts in (["One."], ["One!", "Two!"])
    assert log.texts == ["One."]
    assert post_queries.staying(post).exists()


def test_a_discarded_correction_of_a_pair_can_be_restored(log: Log) -> None:
    post = a_post("Frist", to=[a_channel()])
    run_jobs()
    corrected(post, "First", wall=wall(soon()), zone="UTC")
    run_jobs()
    posts.discard(post_queries.one(post.pk), by=BY)
    run_jobs()
    restored = posts.restore(post_queries.one(post.pk), by=BY)
    decisions.hand_in(
        posts.save(restored, restored.draft.without_time(), based_on=restored.version, by=BY), by=BY
    )
    run_jobs()
    assert log.texts == ["First"]


def test_restoring_counts_no_old_yes(log: Log) -> None:
    """Discard keeps the version: is the old yes still good for what is handed in again?"""
    wyn, ben = someone("Wyn", WRITER), someone("Ben", APPROVER)
    channel = a_channel()
    draft = Draft("Words.", (channel.pk,), wall=wall(soon()), zone="UTC")
    post = decisions.hand_in(posts.start(draft, by=wyn), by=wyn)
    review = reviews.review_of(post)
    decisions.vote_yes(review, digest=review.digest, by=ben)
    run_jobs()
    assert Delivery.objects.get().state == "waiting"
    posts.discard(post_queries.one(post.pk), by=wyn)
    restored = posts.restore(post_queries.one(post.pk), by=wyn)
    decisions.hand_in(restored, by=wyn)
    run_jobs()
    now = post_queries.one(post.pk)
    open_now = reviews.review_of(now)
    assert open_now.is_open, (open_now.state, open_now.version, now.version)
    assert Delivery.objects.exclude(state="withheld").count() == 0


def test_discard_undecided_then_restore_asks_somebody(log: Log) -> None:
    wyn, _ben = someone("Wyn", WRITER), someone("Ben", APPROVER)
    post = decisions.hand_in(posts.start(Draft("Words.", (a_channel().pk,)), by=wyn), by=wyn)
    run_jobs()
    posts.discard(post_queries.one(post.pk), by=wyn)
    run_jobs()
    restored = posts.restore(post_queries.one(post.pk), by=wyn)
    decisions.hand_in(restored, by=wyn)
    run_jobs()
    now = post_queries.one(post.pk)
    assert reviews.review_of(now).is_open, "handed in, and nobody is asked: lost"


def _second_version(by: Person, text: str = "Words.") -> Post:
    to = (a_channel().pk,)
    post = posts.start(Draft("First try.", to), by=by)
    return posts.save(post, Draft(text, to), based_on=1, by=by)


def test_what_was_thrown_away_and_brought_back_can_be_handed_in_again(log: Log) -> None:
    """Second version, so no IntegrityError: but nobody is asked, and it never goes."""
    wyn, _ben = someone("Wyn", WRITER), someone("Ben", APPROVER)
    post = decisions.hand_in(_second_version(wyn), by=wyn)
    run_jobs()
    posts.discard(post_queries.one(post.pk), by=wyn)
    run_jobs()
    decisions.hand_in(posts.restore(post_queries.one(post.pk), by=wyn), by=wyn)
    run_jobs()
    assert reviews.review_of(post_queries.one(post.pk)).is_open, "handed in, and nobody is asked"


def test_what_an_officer_brought_back_goes_out(log: Log) -> None:
    olga = someone("Olga", OFFICER)
    post = decisions.hand_in(_second_version(olga), by=olga)
    posts.discard(post_queries.one(post.pk), by=olga)
    run_jobs()
    assert log.texts == []
    decisions.hand_in(posts.restore(post_queries.one(post.pk), by=olga), by=olga)
    run_jobs()
    assert log.texts == ["Words."]


def test_two_windows_send_once(log: Log) -> None:
    """Hand-in twice at the same version: the second is told."""
    olga = someone("Olga", OFFICER)
    post = _second_version(olga)
    decisions.hand_in(post, by=olga)
    with pytest.raises(Refusal):
        decisions.hand_in(post_queries.one(post.pk), by=olga)
    run_jobs()
    assert log.texts == ["Words."]


def test_approving_counts_no_old_version(log: Log) -> None:
    wyn, ben = someone("Wyn", WRITER), someone("Ben", APPROVER)
    post = decisions.hand_in(_second_version(wyn), by=wyn)
    review = reviews.review_of(post)
    back = posts.take_back(post, by=wyn)
    new = posts.save(back, back.draft.saying("Other."), based_on=back.version, by=wyn)
    decisions.hand_in(new, by=wyn)
    with pytest.raises(Refusal):
        decisions.vote_yes(review, digest=review.digest, by=ben)


def test_a_lost_right_does_not_count(log: Log) -> None:
    wyn, ben, cy = someone("Wyn", WRITER), someone("Ben", APPROVER), someone("Cyd", APPROVER)
    channel = a_channel()
    decisions.set_steps(channel, [Asked(need="quorum", count=2, role=APPROVER)], by=BY)
    post = decisions.hand_in(posts.start(Draft("W.", (channel.pk,)), by=wyn), by=wyn)
    review = reviews.review_of(post)
    review = decisions.vote_yes(review, digest=review.digest, by=ben)
    people.give(ben, role=READER, by=BY)
    review = decisions.vote_yes(review, digest=review.digest, by=cy)
    assert review.is_open
    run_jobs()
    assert log.texts == []


def test_one_person_is_not_two(log: Log) -> None:
    wyn, ben = someone("Wyn", WRITER), someone("Ben", APPROVER)
    channel = a_channel()
    decisions.set_steps(channel, [Asked(need="quorum", count=2, role=APPROVER)], by=BY)
    post = decisions.hand_in(posts.start(Draft("W.", (channel.pk,)), by=wyn), by=wyn)
    review = reviews.review_of(post)
    for _ in range(3):
        review = decisions.vote_yes(review, digest=review.digest, by=ben)
    assert review.is_open


def test_a_requester_who_works_here_does_not_approve_their_own_words(log: Log) -> None:
    from oyez.requests import queries as requests
    from tests.factories import a_request

    asha, wyn = someone("Asha", OFFICER), someone("Wyn", WRITER)
    asked = a_request(by=asha, what="Asha's words, as she sent them in.")
    draft = Draft(requests.words(asked), (a_channel().pk,), request=asked.pk)
    post = decisions.hand_in(posts.start(draft, by=wyn), by=wyn, confirmed=["CO-1"])
    review = reviews.review_of(post)
    with pytest.raises(Refusal):
        decisions.vote_yes(review, digest=review.digest, by=asha)


def test_an_edit_that_is_late_is_not_sent_over_newer_words(log: Log) -> None:
    post = a_post("One.", to=[a_channel()])
    run_jobs()
    corrected(post, "Two.", wall=wall(soon(1)), zone="UTC")
    run_jobs()
    corrected(post_queries.one(post.pk), "Three.")
    run_jobs()
    Delivery.objects.exclude(state__in=["arrived", "withheld"]).update(due_at=clock.now())
    run_jobs()
    assert log.texts == ["Three."]
    assert queries.there(post).get().words_there.text == "Three."


def test_a_correction_after_a_person_decided_resend_of_the_older(log: Log) -> None:
    post = a_post("One.", to=[a_channel(Mute), a_channel(Findable)])
    log.aftermath.append(raises(Unsure("The line broke.")))
    run_jobs()
    run_jobs()
    asking = queries.asking().get()
    corrected(post_queries.one(post.pk), "Two.")
    run_jobs()
    actions.decide_resend(asking, by=BY)
    run_jobs()
    Delivery.objects.exclude(state__in=["arrived", "withheld"]).update(due_at=clock.now())
    run_jobs()
    assert log.texts.count("One.") == 1, log.texts


def test_a_second_period_holds_what_the_first_had_held(log: Log) -> None:
    """Nobody let it go on: the first period was closed. The second one is as good as the first."""
    asha = someone("Asha")
    draft = Draft(
        "With the leader", (a_channel().pk,), media=(a_picture(),), wall=wall(soon(3)), zone="UTC"
    )
    decisions.hand_in(posts.start(draft, by=asha), by=asha)
    run_jobs()
    period = a_pre_election()
    run_jobs()
    wording = Delivery.objects.get().wording
    assert reviews.what_holds(wording)
    emergency.close_period(period, why="Called off.", by=BY)
    run_jobs()
    assert not reviews.what_holds(wording)
    a_pre_election()
    run_jobs()
    assert reviews.what_holds(wording)


def test_a_receipt_that_is_another_messages_is_refused_in_words(log: Log) -> None:
    channel = a_channel()
    a_post("One.", to=[channel])
    run_jobs()
    a_post("Two.", to=[channel])
    log.aftermath.append(raises(Unsure("x")))
    run_jobs(passes=1)
    Delivery.objects.exclude(state="arrived").update(state="asking", unsure_at=clock.now())
    with pytest.raises(Refusal):
        actions.decide_arrived(queries.asking().get(), remote_id="1", by=BY)


def test_a_mover_without_a_right_to_publish_asks_again(log: Log) -> None:
    wyn, olga = someone("Wyn", WRITER), someone("Olga", OFFICER)
    draft = Draft("Words.", (a_channel().pk,), wall=wall(soon()), zone="UTC")
    post = decisions.hand_in(posts.start(draft, by=olga), by=olga)
    run_jobs()
    actions.move(post_queries.one(post.pk), wall=wall(soon(3)), zone="UTC", by=wyn)
    run_jobs()
    assert reviews.review_of(post_queries.one(post.pk)).is_open


def test_a_taken_up_suggestion_is_the_words_of_who_handed_it_in(log: Log) -> None:
    from oyez.feeds.models import Feed
    from tests.factories import a_feed, an_item

    wyn = someone("Wyn", WRITER)
    feed = a_feed(to=[a_channel()])
    Feed.objects.update(trust=Feed.Trust.SUGGEST)
    an_item(feed)
    run_jobs()
    post = post_queries.drafts().get()
    decisions.hand_in(post, by=wyn, confirmed=["CO-1", "AC-1", "SE-7"])
    run_jobs()
    assert log.texts == []
    assert reviews.review_of(post_queries.one(post.pk)).is_open


def test_a_racing_claim_and_take_back_sends_once_or_not(log: Log) -> None:
    post = a_post("One.", to=[a_channel()])
    from oyez.deliveries import jobs as delivery_jobs
    from tests.jobs import _work

    _work()
    actions.promote(delivery_jobs.publish)
    draft = posts.take_back(post, by=BY)
    decisions.hand_in(
        posts.save(draft, draft.draft.saying("Two."), based_on=draft.version, by=BY), by=BY
    )
    run_jobs()
    assert log.texts == ["Two."]


def test_a_stop_holds_corrections(log: Log) -> None:
    post = a_post("One.", to=[a_channel()])
    run_jobs()
    emergency.stop(None, why="Storm", by=BY)
    corrected(post, "Two.")
    run_jobs()
    assert log.texts == ["One."]


def test_a_corrected_message_by_a_writer_waits_for_a_yes(log: Log) -> None:
    wyn = someone("Wyn", WRITER)
    post = a_post("One.", to=[a_channel()])
    run_jobs()
    draft = actions.correct(post, by=wyn)
    decisions.hand_in(
        posts.save(draft, draft.draft.saying("Two."), based_on=draft.version, by=wyn), by=wyn
    )
    run_jobs()
    assert log.texts == ["One."]


def test_a_correction_after_a_thread_lost_a_part_to_taking_down(log: Log) -> None:
    post = a_post("One.\n---\nTwo.", to=[a_channel()])
    run_jobs()
    log.trouble += [lambda: None, raises(Refused("Not now."))]
    actions.take_down(post, reason="Wrong.", by=BY)
    run_jobs()
    Delivery.objects.filter(state="waiting").update(due_at=clock.now())
    run_jobs()
    assert log.texts == ["One."]
    corrected(post_queries.one(post.pk), "One!")
    run_jobs()
    assert log.texts == ["One!"]


def test_what_comes_after_a_held_part_of_a_correction_is_held_too(log: Log) -> None:
    asha = someone("Asha")
    draft = Draft("One.\n---\nTwo.", (a_channel().pk,), media=(a_picture(),))
    post = decisions.hand_in(posts.start(draft, by=asha), by=asha)
    run_jobs()
    corrected(post, "One!\n---\nTwo!", wall=wall(soon(2)), zone="UTC")
    run_jobs()
    a_pre_election()
    run_jobs()
    Delivery.objects.filter(kind="edit").update(due_at=clock.now())
    run_jobs()
    assert log.texts == ["One.", "Two."]


def test_the_yes_to_what_was_thrown_away_is_not_for_what_was_brought_back(log: Log) -> None:
    wyn, ben = someone("Wyn", WRITER), someone("Ben", APPROVER)
    post = decisions.hand_in(_second_version(wyn), by=wyn)
    review = reviews.review_of(post)
    assert review
    posts.discard(post_queries.one(post.pk), by=wyn)
    again = decisions.hand_in(posts.restore(post_queries.one(post.pk), by=wyn), by=wyn)
    run_jobs()
    with pytest.raises(Refusal):
        decisions.vote_yes(review, digest=review.digest, by=ben)
    newer = reviews.review_of(again)
    assert newer
    decisions.vote_yes(newer, digest=newer.digest, by=ben)
    run_jobs()
    assert log.texts == ["Words."]


def test_what_waits_behind_a_stop_is_looked_at_when_a_period_opens(log: Log) -> None:
    emergency.stop(None, why="Storm", by=BY)
    asha = someone("Asha")
    draft = Draft("With the leader", (a_channel().pk,), media=(a_picture(),))
    decisions.hand_in(posts.start(draft, by=asha), by=asha)
    run_jobs()
    assert list(queries.waiting_past_their_time())
    a_pre_election()
    run_jobs()
    assert reviews.holds_on(Post.objects.get()).exists()

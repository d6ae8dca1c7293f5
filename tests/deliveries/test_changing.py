"""What is out can be corrected and taken down, once, and only as somebody decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from oyez.decisions import actions as decisions
from oyez.deliveries import actions, jobs, planned, queries
from oyez.deliveries.models import Delivery
from oyez.emergency import actions as emergency
from oyez.kit import clock
from oyez.ledger.actor import Refusal
from oyez.ledger.models import Event
from oyez.networks.contract import Gone, Later, Unsure
from oyez.posts import actions as posts
from oyez.posts import queries as post_queries
from oyez.posts.models import Post, Variant
from tests.factories import BY, a_channel, a_feed, a_post, an_item, decided
from tests.fakes.networks import Findable, Keyed, Log, Mute, fakes, raises
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Findable, Keyed, Mute) as log:
        yield log


def corrected(post: Post, text: str) -> Post:
    """Corrected by its author, and approved."""
    draft = actions.correct(post, by=BY)
    saved = posts.save(draft, draft.draft.saying(text), based_on=draft.version, by=BY)
    return decisions.hand_in(saved, by=BY)


def states(kind: str) -> list[str]:
    return list(Delivery.objects.filter(kind=kind).order_by("id").values_list("state", flat=True))


def settle() -> None:
    """Whatever waits for a later look, now."""
    Delivery.objects.exclude(state="arrived").update(due_at=clock.now())
    run_jobs()


def test_newer_words_replace_those_that_are_there(log: Log) -> None:
    post = a_post("Frist words.", to=[a_channel(Findable)])
    run_jobs()
    corrected(post, "First words.")
    run_jobs()
    assert (log.texts, log.edited, len(log.shown)) == (["First words."], ["1"], 1)
    there = queries.there(post).get()
    assert (there.words_there.text, there.wording.text) == ("First words.", "Frist words.")


def test_a_correction_needs_a_yes_of_its_own(log: Log) -> None:
    channel = a_channel(Findable)
    post = a_post("Frist words.", to=[channel])
    run_jobs()
    draft = actions.correct(post, by=BY)
    posts.save(draft, draft.draft.saying("First words."), based_on=draft.version, by=BY)
    run_jobs()
    assert log.texts == ["Frist words."]
    assert states("edit") == []


def test_a_second_correction_follows_the_first(log: Log) -> None:
    post = a_post("One.", to=[a_channel(Findable)])
    run_jobs()
    for text in ("Two.", "Three."):
        corrected(post, text)
        run_jobs()
    assert (log.texts, log.edited) == (["Three."], ["1", "1"])
    assert states("edit") == ["arrived", "arrived"]


def test_where_words_are_for_good_the_message_says_so(log: Log) -> None:
    mute, findable = a_channel(Mute), a_channel(Findable)
    post = a_post("Frist words.", to=[mute, findable])
    run_jobs()
    corrected(post, "First words.")
    run_jobs()
    (stays,) = post_queries.staying(post)
    assert (stays.channel, "Mute does not let words be changed" in stays.stays) == (mute, True)
    assert log.edited == ["2"]
    assert not queries.approved_without_delivery().exists()


def test_what_no_network_lets_be_changed_is_not_taken_back(log: Log) -> None:
    post = a_post("Frist words.", to=[a_channel(Mute)])
    run_jobs()
    Delivery.objects.exclude(channel__network="fake_mute").update(state="withheld", remote_id="")
    with pytest.raises(Refusal, match="does not let words be changed"):
        actions.correct(post, by=BY)
    post.refresh_from_db()
    assert post.state == Post.State.SUBMITTED


def test_what_is_not_out_cannot_be_corrected() -> None:
    post = a_post("Later.", to=[a_channel(Findable)])
    with pytest.raises(Refusal, match="Nothing of this message is out"):
        actions.correct(post, by=BY)


def test_the_same_words_again_are_not_sent(log: Log) -> None:
    post = a_post("First words.", to=[a_channel(Findable)])
    run_jobs()
    decisions.hand_in(actions.correct(post, by=BY), by=BY)
    run_jobs()
    assert log.edited == []
    assert {one.stays for one in post_queries.staying(post)} == {"It says this there already."}


def test_every_part_of_a_thread_is_corrected_in_its_place(log: Log) -> None:
    post = a_post("One.\n---\nTwo.", to=[a_channel(Findable)])
    run_jobs()
    corrected(post, "One!\n---\nTwo!")
    run_jobs()
    assert (log.texts, log.answers) == (["One!", "Two!"], {"2": "1"})


def test_threads_on_two_channels_are_corrected_part_by_part(log: Log) -> None:
    both = [a_channel(Findable), a_channel(Keyed)]
    post = a_post("One.\n---\nTwo.", to=both)
    run_jobs()
    corrected(post, "One!\n---\nTwo!")
    run_jobs()
    assert sorted(log.texts) == ["One!", "One!", "Two!", "Two!"]
    assert not post_queries.staying(post).exists()


def test_a_thread_of_another_length_stays_and_says_so(log: Log) -> None:
    post = a_post("One.\n---\nTwo.", to=[a_channel(Findable)])
    run_jobs()
    corrected(post, "One and two.")
    run_jobs()
    assert log.texts == ["One.", "Two."]
    assert any("thread of another length" in one.stays for one in post_queries.staying(post))


@pytest.mark.parametrize("class_", [Findable, Keyed])
def test_an_answer_that_was_lost_is_asked_for_by_doing_it_again(
    log: Log, class_: type[Findable]
) -> None:
    post = a_post("Frist words.", to=[a_channel(class_)])
    run_jobs()
    log.aftermath.append(raises(Unsure("The line broke.")))
    corrected(post, "First words.")
    run_jobs()
    settle()
    settle()
    assert log.texts == ["First words."]
    assert set(states("edit")) == {"arrived"}


def test_newer_words_overtake_a_correction_in_doubt(log: Log) -> None:
    post = a_post("One.", to=[a_channel(Findable)])
    run_jobs()
    log.aftermath.append(raises(Unsure("The line broke.")))
    corrected(post, "Two.")
    run_jobs()
    corrected(post, "Three.")
    run_jobs()
    settle()
    settle()
    assert log.texts == ["Three."]
    assert "asking" not in states("edit")
    assert states("edit")[-1] == "arrived"


def test_a_busy_network_gets_the_correction_later(log: Log) -> None:
    post = a_post("Frist words.", to=[a_channel(Findable)])
    run_jobs()
    log.trouble.append(raises(Later("Busy.", timedelta(0))))
    corrected(post, "First words.")
    run_jobs()
    assert log.texts == ["Frist words."]
    settle()
    assert log.texts == ["First words."]


def test_what_somebody_else_took_down_is_refused_in_words(log: Log) -> None:
    post = a_post("Frist words.", to=[a_channel(Findable)])
    run_jobs()
    log.deleted.append("1")
    corrected(post, "First words.")
    run_jobs()
    edit = Delivery.objects.get(kind="edit", channel__network="fake_findable")
    assert (edit.state, "no more" in edit.why) == ("refused", True)
    assert not Variant.objects.filter(post=post, unsaid=True).exists()


def test_a_pair_is_corrected_together(log: Log) -> None:
    channel = a_channel(Findable)
    english, welsh = (a_post(text, to=[channel]) for text in ("Fair Sunady.", "Ffair ddydd Sul."))
    run_jobs()
    Post.objects.filter(pk=english.pk).update(pair=welsh)
    Post.objects.filter(pk=welsh.pk).update(pair=english, language="cy")
    draft = actions.correct(Post.objects.get(pk=english.pk), by=BY)
    saved = posts.save(draft, draft.draft.saying("Fair Sunday."), based_on=draft.version, by=BY)
    decisions.hand_in(saved, by=BY)
    run_jobs()
    assert "Fair Sunday." not in log.texts  # its other language waits
    decisions.hand_in(Post.objects.get(pk=welsh.pk), by=BY)
    run_jobs()
    assert log.texts == ["Fair Sunday.", "Ffair ddydd Sul."]


def test_what_is_taken_down_is_gone_with_its_reason(log: Log) -> None:
    post = a_post("Wrong date.", to=[a_channel(Findable)])
    run_jobs()
    actions.take_down(post, reason="The date is wrong.", by=BY)
    run_jobs()
    assert log.texts == []
    assert not queries.is_out(post)
    asked = Event.objects.get(kind="deliveries.take_down_asked")
    assert asked.data["why"] == "The date is wrong."
    assert not queries.published().exists()


def test_the_planner_keeps_what_is_out_at_its_time(log: Log) -> None:
    post = a_post("One.", to=[a_channel(Findable)])
    run_jobs()
    begin, end = clock.now() - timedelta(hours=1), clock.now() + timedelta(hours=1)
    seen = [planned.between(begin, end)]
    actions.correct(post, by=BY)
    seen.append([one for one in planned.between(begin, end) if one.state != planned.DRAFT])
    actions.take_down(post, reason="Wrong.", by=BY)
    run_jobs()
    seen.append(planned.between(begin, end))
    assert [[one.state for one in found] for found in seen] == [["arrived"], ["arrived"], ["down"]]
    assert not any(one.can_move for found in seen for one in found)


def test_an_item_whose_message_was_taken_down_says_so(log: Log) -> None:
    item = an_item(a_feed(to=[a_channel(Findable)]))
    run_jobs()
    item.refresh_from_db()
    before = queries.fate([item])[item.pk].outcome
    actions.take_down(Post.objects.get(item=item), reason="Wrong.", by=BY)
    run_jobs()
    assert (before, queries.fate([item])[item.pk].outcome) == ("posted", "taken down")


def test_one_channel_alone_can_be_chosen(log: Log) -> None:
    one, other = a_channel(Findable), a_channel(Keyed)
    post = a_post("Wrong there.", to=[one, other])
    run_jobs()
    actions.take_down(post, reason="Not for this audience.", channels=[one.pk], by=BY)
    run_jobs()
    assert len(log.deleted) == 1
    assert one not in {found.channel for found in queries.there(post)}
    assert other in {found.channel for found in queries.there(post)}


def test_nothing_is_taken_down_without_a_reason(log: Log) -> None:
    post = a_post("Stays.", to=[a_channel(Findable)])
    run_jobs()
    with pytest.raises(Refusal, match="Say why"):
        actions.take_down(post, reason="\u200b ", by=BY)
    run_jobs()
    assert log.texts == ["Stays."]


def test_taking_down_twice_is_refused_while_the_first_is_on_its_way(log: Log) -> None:
    post = a_post("Wrong.", to=[a_channel(Findable)])
    run_jobs()
    actions.take_down(post, reason="Wrong.", by=BY)
    with pytest.raises(Refusal, match="being taken down"):
        actions.take_down(post, reason="Wrong.", by=BY)
    run_jobs()
    with pytest.raises(Refusal, match="stands nowhere"):
        actions.take_down(post, reason="Wrong.", by=BY)
    assert log.deleted == ["1"]


def test_a_thread_is_taken_down_from_its_end(log: Log) -> None:
    post = a_post("One.\n---\nTwo.", to=[a_channel(Findable)])
    run_jobs()
    actions.take_down(post, reason="Wrong.", by=BY)
    run_jobs()
    settle()
    assert log.deleted == ["2", "1"]


def test_a_lost_answer_to_taking_down_is_asked_for_by_doing_it_again(log: Log) -> None:
    post = a_post("Wrong.", to=[a_channel(Findable)])
    run_jobs()
    log.aftermath.append(raises(Unsure("The line broke.")))
    actions.take_down(post, reason="Wrong.", by=BY)
    run_jobs()
    settle()
    assert (log.texts, set(states("delete"))) == ([], {"arrived"})


def test_what_failed_to_be_taken_down_can_be_tried_anew(log: Log) -> None:
    post = a_post("Wrong.", to=[a_channel(Findable)])
    run_jobs()
    log.trouble.append(raises(Gone("Not yours.")))
    actions.take_down(post, reason="Wrong.", by=BY)
    run_jobs()
    assert queries.is_out(post)
    actions.take_down(post, reason="Wrong.", by=BY)
    run_jobs()
    assert log.texts == []


def test_a_second_thought_keeps_it_there(log: Log) -> None:
    post = a_post("Right after all.", to=[a_channel(Findable)])
    run_jobs()
    planned = actions.take_down(post, reason="Wrong.", wait=timedelta(hours=1), by=BY)
    for one in planned:
        actions.withhold(one, "It is right after all.", by=BY)
    run_jobs()
    assert log.texts == ["Right after all."]
    assert not Variant.objects.filter(post=post, unsaid=True).exists()


def test_a_person_settles_what_never_answered(log: Log) -> None:
    post = a_post("Wrong.", to=[a_channel(Findable)])
    run_jobs()
    actions.take_down(post, reason="Wrong.", by=BY)
    Delivery.objects.filter(kind="delete", channel__network="fake_findable").update(
        state="asking", unsure_at=clock.now()
    )
    asking = queries.asking().get()
    done = actions.decide_arrived(asking, by=BY)
    assert (done.remote_id, done.state) == ("1", "arrived")
    assert Event.objects.filter(kind="deliveries.decided_done").exists()


def test_a_stop_holds_changes_too(log: Log) -> None:
    post = a_post("Wrong.", to=[a_channel(Findable)])
    run_jobs()
    emergency.stop(None, why="Storm", by=BY)
    actions.take_down(post, reason="Wrong.", by=BY)
    run_jobs()
    assert log.texts == ["Wrong."]


def test_what_was_taken_down_is_not_said_there_again(log: Log) -> None:
    post = a_post("Road closed.", to=[a_channel(Findable)])
    run_jobs()
    actions.take_down(post, reason="It is open again.", by=BY)
    run_jobs()
    decisions.hand_in(posts.take_back(post, by=BY), by=BY)
    run_jobs()
    assert log.texts == []
    assert {"was taken down there" in one.stays for one in post_queries.staying(post)} == {True}
    again = decisions.hand_in(posts.copy(post, by=BY), by=BY)
    run_jobs()
    assert log.texts == ["Road closed."]
    assert queries.is_out(again)


def test_a_lost_job_of_a_correction_heals(log: Log) -> None:
    post = a_post("Frist words.", to=[a_channel(Findable)])
    run_jobs()
    corrected(post, "First words.")
    Delivery.objects.filter(kind="edit").update(state="withheld")
    Delivery.objects.filter(kind="edit").delete()  # as if the job that plans had never come
    decided(clock.now() - timedelta(minutes=5))
    jobs.sweep(0)
    run_jobs()
    assert log.texts == ["First words."]

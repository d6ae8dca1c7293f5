"""Approving on a page: the exact words, by who may, once, and never words that were not read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from oyez.channels.models import Channel
from oyez.decisions import actions, queries
from oyez.decisions.models import Hold, Review
from oyez.decisions.rules import Asked
from oyez.kit import clock
from oyez.ledger.actor import Actor
from oyez.partners import actions as partners
from oyez.partners.rules.figures import Said as Figure
from oyez.people.rules import APPROVER, DUTY_MANAGER, MONITORING_OFFICER, OFFICER, WRITER
from oyez.posts import actions as posts
from oyez.posts import queries as post_queries
from oyez.posts.draft import Draft
from oyez.posts.models import Post
from tests.deliveries.desk import browser, someone
from tests.factories import BY, a_channel, a_pre_election
from tests.fakes.networks import Log
from tests.jobs import run_jobs
from tests.times import as_if_at
from tests.web.conftest import page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def networks(log: Log) -> None:
    """Every test here has channels to write to."""


def asking(*steps: Asked, name: str = "") -> Channel:
    channel = a_channel(name=name)
    actions.set_steps(channel, steps or [Asked(role=APPROVER)], by=BY)
    return channel


def handed_in(by: Actor, *to: Channel, text: str = "The bridge is open.", **more: Any) -> Review:
    draft = Draft(text=text, to=tuple(c.pk for c in to or [asking()]), **more)
    return the_review(actions.hand_in(posts.start(draft, by=by), by=by))


def the_review(post: Post) -> Review:
    review = queries.review_of(post)
    assert review
    return review


def again(review: Review, text: str, by: Actor) -> Review:
    """The same message, taken back, changed and handed in once more."""
    post = posts.take_back(review.post, by=by)
    posts.save(post, Draft(text=text, to=post.draft.to), based_on=post.version, by=by)
    return the_review(actions.hand_in(post_queries.one(post.pk), by=by))


def yes(client: Client, review: Review, **more: str) -> Any:
    return client.post(f"/approve/{review.pk}", {"digest": review.digest, **more}, follow=True)


def test_what_one_wrote_another_approves_and_it_is_there(log: Log) -> None:
    review, ben = handed_in(someone("Asha")), browser(someone("Ben", APPROVER))
    listed = page(ben.get("/approve"))
    assert "1 message asks you." in listed
    assert "Approve (1)" in listed
    shown = page(ben.get(f"/approve/{review.pk}"))
    for words in ("The bridge is open.", "Findable", "Asha", "As soon as it is approved"):
        assert words in shown
    assert "Approved “The bridge is open.”." in page(yes(ben, review))
    run_jobs()
    assert log.texts == ["The bridge is open."]
    assert "Nothing asks you." in page(ben.get("/approve"))


def test_the_author_sees_why_somebody_else_must_and_cannot(log: Log) -> None:
    asha = someone("Asha")
    review, hers = handed_in(asha), browser(asha)
    shown = page(hers.get(f"/approve/{review.pk}"))
    assert "You wrote or changed these words, so somebody else must approve them." in shown
    assert "Nothing asks you." in page(hers.get("/approve"))
    answer = yes(hers, review)
    assert answer.status_code == 422
    assert "somebody else must approve" in page(answer)
    run_jobs()
    assert log.texts == []


def test_words_changed_in_between_are_shown_and_not_approved(log: Log) -> None:
    asha, ben = someone("Asha"), browser(someone("Ben"))
    old = handed_in(asha)
    new = again(old, "The bridge is closed.", asha)
    for stale in ({"digest": old.digest}, {}):
        answer = ben.post(f"/approve/{old.pk}", stale)
        assert answer.status_code == 422
        assert "The bridge is closed." in page(answer)
    answer = ben.post(f"/approve/{new.pk}", {"digest": old.digest})
    assert "changed since you opened them" in page(answer)
    run_jobs()
    assert log.texts == []


def test_two_approvals_at_once_are_one(log: Log) -> None:
    review = handed_in(someone("Asha"))
    yes(browser(someone("Ben")), review)
    answer = yes(browser(someone("Cai")), review)
    assert answer.status_code == 422
    assert "This is decided already: approved." in page(answer)
    run_jobs()
    assert len(log.texts) == 1


def test_what_changed_since_the_last_time_is_marked_word_by_word() -> None:
    asha, ben = someone("Asha"), browser(someone("Ben"))
    review = again(handed_in(asha), "The old bridge is closed.", asha)
    shown = BeautifulSoup(ben.get(f"/approve/{review.pk}").content, "html.parser")
    assert [one.text for one in shown.select("del")] == ["open"]
    assert [one.text for one in shown.select("ins")] == [" old", "closed"]


def test_hidden_characters_are_written_out() -> None:
    review = handed_in(someone("Asha"), text="Pay at council\u200b.example")
    said = page(browser(someone("Ben")).get(f"/approve/{review.pk}"))
    assert "council⟨U+200B⟩.example" in said


def test_a_reader_reads_and_may_not_approve(reader: Client) -> None:
    review = handed_in(someone("Asha"))
    assert "Your role does not include approving." in page(reader.get(f"/approve/{review.pk}"))
    assert yes(reader, review).status_code == 403
    assert reader.get(f"/approve/{review.pk}/changes").status_code == 403
    the_review(review.post).refresh_from_db()
    assert the_review(review.post).is_open


def test_each_step_says_who_is_asked_and_who_said_yes() -> None:
    ben, elin = someone("Ben"), someone("Elin", WRITER, MONITORING_OFFICER)
    channel = asking(Asked(people=(ben.pk,)), Asked(role=MONITORING_OFFICER))
    review = handed_in(someone("Asha"), channel)
    assert "You said yes" in page(yes(browser(ben), review))
    shown = page(browser(elin).get(f"/approve/{review.pk}"))
    assert "Step 1: any one of Ben Yes from Ben." in shown
    assert "Step 2: any one of Elin No answer yet." in shown
    assert "This step asks Elin, and that is not you." in page(yes(browser(ben), review))


def test_changes_are_asked_for_with_a_reason_for_each_part() -> None:
    asha, ben = someone("Asha"), browser(someone("Ben"))
    review = handed_in(asha)
    here = f"/approve/{review.pk}/changes"
    digest = {"digest": review.digest}
    answer = ben.post(here, {**digest, "message": " "})
    assert answer.status_code == 422
    assert "Say what should change" in page(answer)
    ben.post(here, {**digest, "message": "Which bridge?", "time": "Before noon."})
    shown = page(browser(asha).get(f"/messages/{review.post_id}"))
    assert "Ben (Message): Which bridge?" in shown
    assert "Ben (When): Before noon." in shown
    assert "Ben (Message): Which bridge?" in page(browser(asha).get(f"/write/{review.post_id}"))


def test_changes_to_words_that_are_others_by_now_are_refused() -> None:
    asha, ben = someone("Asha"), browser(someone("Ben"))
    review = again(handed_in(asha), "Other words.", asha)
    answer = ben.post(f"/approve/{review.pk}/changes", {"digest": "0" * 64, "message": "Shorter."})
    assert answer.status_code == 422
    assert "changed since you opened them" in page(answer)
    assert "Shorter." in page(answer)


def too_late(by: Actor) -> Review:
    """A review whose time went by half an hour ago."""
    at = clock.now() - timedelta(minutes=30)
    with as_if_at(at - timedelta(minutes=30)):
        return handed_in(by, asking(), wall=f"{at:%Y-%m-%dT%H:%M}", zone="UTC")


def test_a_yes_after_its_time_asks_and_then_sends_on_purpose(log: Log) -> None:
    review, ben = too_late(someone("Asha")), browser(someone("Ben"))
    assert "Its time has passed." in page(ben.get(f"/approve/{review.pk}"))
    assert "Send it now" in page(yes(ben, review))
    run_jobs()
    assert log.texts == []
    assert "Approved after its time" in page(ben.get("/approve"))
    ben.post(f"/approve/{review.pk}/late")
    run_jobs()
    assert log.texts == ["The bridge is open."]


def test_a_yes_after_its_time_may_end_in_another_time(log: Log) -> None:
    review, ben = too_late(someone("Asha")), browser(someone("Ben"))
    yes(ben, review)
    answer = ben.post(f"/write/{review.post_id}/undo", follow=True)
    assert answer.request["PATH_INFO"] == f"/write/{review.post_id}"
    run_jobs()
    assert log.texts == []


def held(by: Actor) -> Hold:
    post = handed_in(by, asking()).post
    actions.vote_yes(the_review(post), digest=the_review(post).digest, by=someone("Cai"))
    wording = post_queries.current_wordings(post).get()
    return Hold.objects.create(
        wording=wording,
        check_id="EL-1",
        role=DUTY_MANAGER,
        message="The pre-election period has begun.",
        began_at=clock.now(),
    )


def test_what_a_period_holds_goes_on_for_a_reason_by_who_may(log: Log) -> None:
    hold = held(someone("Asha"))
    ben, dai = browser(someone("Ben")), browser(someone("Dai", WRITER, DUTY_MANAGER))
    assert "Held by a sensitive period" in page(ben.get("/approve"))
    here, message = f"/approve/holds/{hold.pk}", f"/messages/{hold.wording.variant.post_id}"
    for at in ("/approve", message):
        told, offered = ben.get(at), dai.get(at)
        assert "Only the duty manager may let this go on. Here that is Dai." in page(told)
        assert (here in told.content.decode(), here in offered.content.decode()) == (False, True)
    assert "The pre-election period has begun." in page(ben.get(message))
    assert "Only the duty manager may let this go on." in page(
        ben.post(here, {"reason": "Why not", "read": hold.digest})
    )
    read = {"read": hold.digest}
    assert "Say why it may go all the same" in page(dai.post(here, {"reason": "", **read}))
    unread = dai.post(here, {"reason": "It is about a flood.", "read": "0" * 64})
    assert "More has come up since you read this." in page(unread)
    run_jobs()
    assert log.texts == []
    dai.post(here, {"reason": "It is about a flood.", **read})
    run_jobs()
    assert log.texts == ["The bridge is open."]
    assert "Held by" not in page(ben.get("/approve"))


def test_nobody_is_offered_to_let_their_own_words_go_on(log: Log) -> None:
    author = someone("Asha", OFFICER, DUTY_MANAGER)
    hold, asha = held(author), browser(author)
    shown = asha.get(f"/messages/{hold.wording.variant.post_id}")
    assert "somebody else must let them go on" in page(shown)
    assert f"/approve/holds/{hold.pk}" not in shown.content.decode()


def test_the_count_costs_as_much_for_many_as_for_two() -> None:
    asha, ben = someone("Asha"), browser(someone("Ben"))
    counts = []
    for number in range(3):
        handed_in(asha, asking(name=f"C{number}"), text=f"Message {number}")
        with CaptureQueriesContext(connection) as asked:
            ben.get("/feeds")
        counts.append(len(asked))
    assert counts[1] == counts[2]


def test_no_review_of_that_number_is_not_found(officer: Client) -> None:
    assert officer.get("/approve/999").status_code == 404
    assert officer.get("/approve/holds/999").status_code == 404


def test_nothing_to_approve_says_what_comes_here(officer: Client) -> None:
    assert "Nothing waits for approval" in page(officer.get("/approve"))


def test_on_a_phone_what_waits_is_in_the_bar(officer: Client) -> None:
    handed_in(someone("Wyn", WRITER))
    bar = BeautifulSoup(officer.get("/").content, "html.parser").select(".oyez-bar a")
    assert [" ".join(link.text.split()) for link in bar] == [
        "Home",
        "Write",
        "Planner",
        "Approve 1",
    ]


def test_what_has_come_up_since_is_said_before_the_yes_and_with_it() -> None:
    ben = browser(someone("Ben", APPROVER))
    review = handed_in(someone("Asha"), text="Ann Pryce opens the bridge.")
    assert "come up since" not in page(ben.get(f"/approve/{review.pk}"))
    partners.add_figure(Figure(name="Ann Pryce", kind="candidate"), by=BY)
    a_pre_election()
    shown = page(ben.get(f"/approve/{review.pk}"))
    assert "Approved, it would still be held back: " in shown
    answer = ben.post(f"/approve/{review.pk}", {"digest": review.digest}, follow=True)
    assert "Approved “Ann Pryce opens the bridge.”. It is held back" in page(answer)
    assert Hold.objects.get().message in shown

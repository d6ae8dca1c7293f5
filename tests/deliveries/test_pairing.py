"""The same message in two languages: neither goes without the other, whatever is done to one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from oyez.channels.models import Channel
from oyez.decisions import actions as decisions
from oyez.decisions import queries as reviews
from oyez.decisions.rules import Asked
from oyez.deliveries import actions, shift
from oyez.deliveries.actions.sending import claim
from oyez.deliveries.models import Delivery
from oyez.emergency import actions as emergency
from oyez.emergency.models import Stop
from oyez.kit import clock
from oyez.ledger.actor import NotAllowed, Refusal
from oyez.people import actions as people
from oyez.people.rules import APPROVER, MONITORING_OFFICER, OFFICER, READER
from oyez.policy import actions as policy
from oyez.posts import actions as posts
from oyez.posts import queries
from oyez.posts.draft import Draft, Placed
from oyez.posts.models import Post
from tests.factories import BY, a_channel, a_pre_election
from tests.fakes.networks import Findable, Log, fakes
from tests.jobs import run_jobs
from tests.library.shelf import an_attachment

pytestmark = pytest.mark.django_db(transaction=True)

OPEN, AGOR = "The bridge is open.", "Mae’r bont ar agor."


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Findable) as log:
        yield log
    shift.end()


def english(**more: object) -> Post:
    return posts.start(Draft(text=OPEN, to=(a_channel().pk,), **more), by=BY)  # type: ignore[arg-type]


def its_channel(post: Post) -> Channel:
    return Channel.objects.get(pk=post.draft.to[0])


def again(post: Post) -> Post:
    return queries.one(post.pk)


def in_welsh(post: Post) -> Post:
    """Its Welsh version, with words."""
    welsh = actions.begin_pair(post, "cy", by=BY)
    return posts.save(welsh, welsh.draft.saying(AGOR), based_on=welsh.version, by=BY)


def tomorrow() -> dict[str, str]:
    return {"wall": f"{clock.now() + timedelta(days=1):%Y-%m-%dT%H:%M}", "zone": "UTC"}


def test_a_body_of_two_languages_says_nothing_in_one_alone(log: Log) -> None:
    policy.set_fact("languages", ["en", "cy"], by=BY)
    one = english()
    with pytest.raises(Refusal, match="Welsh version missing"):
        decisions.hand_in(one, by=BY)
    welsh = in_welsh(one)
    decisions.hand_in(again(one), by=BY)
    run_jobs()
    assert log.texts == []  # the Welsh words are still a draft
    decisions.hand_in(again(welsh), by=BY)
    run_jobs()
    assert sorted(log.texts) == [AGOR, OPEN]


def test_neither_goes_before_both_are_approved(log: Log) -> None:
    asha, ben = (
        people.invite(f"{name}@council.example", name=name, role=role, by=BY)
        for name, role in (("asha", OFFICER), ("ben", APPROVER))
    )
    one = english()
    decisions.set_steps(its_channel(one), [Asked(role=APPROVER)], by=BY)
    welsh = in_welsh(one)
    for each in (one, welsh):
        decisions.hand_in(again(each), by=asha)
    for each in (one, welsh):
        assert log.texts == []
        review = reviews.review_of(again(each))
        assert review
        decisions.vote_yes(review, digest=review.digest, by=ben)
        run_jobs()
    assert sorted(log.texts) == [AGOR, OPEN]


def held_in_welsh_alone() -> tuple[Post, Post]:
    """Both are approved and wait behind a stop; a period holds the picture of the Welsh one."""
    bridge = english()
    welsh = in_welsh(bridge)
    picture = an_attachment(alt="Arweinydd", licence="Our own", politician=True)
    draft = replace(again(welsh).draft, media=(Placed(picture.pk),))
    posts.save(again(welsh), draft, based_on=again(welsh).version, by=BY)
    emergency.stop(None, why="Storm", by=BY)
    for each in (bridge, welsh):
        decisions.hand_in(again(each), by=BY)
    run_jobs()
    a_pre_election()
    run_jobs()
    assert not reviews.holds_on(again(bridge)).exists()
    return again(bridge), again(welsh)


def test_what_holds_one_language_holds_the_other(log: Log) -> None:
    one, welsh = held_in_welsh_alone()
    emergency.resume(None, by=BY)
    run_jobs()
    assert log.texts == []
    assert [hold.wording.variant.post for hold in reviews.holds_through_its_pair(one)] == [welsh]
    hold = reviews.holds_on(welsh).get()
    monitoring = people.invite("elin@council.example", name="Elin", role=OFFICER, by=BY)
    people.give(monitoring, duties=[MONITORING_OFFICER], by=BY)
    decisions.release(hold, reason="A reviewer has cut the picture.", by=monitoring)
    run_jobs()
    assert sorted(log.texts) == [AGOR, OPEN]


def test_a_claim_asks_the_other_language_too(log: Log) -> None:
    """The promoter queued it just before the hold came."""
    one, _welsh = held_in_welsh_alone()
    Stop.objects.all().delete()
    delivery = Delivery.objects.get(wording__variant__post=one)
    Delivery.objects.filter(pk=delivery.pk).update(state="queued", attempt=1)
    assert claim(delivery.pk, None) is None
    delivery.refresh_from_db()
    assert delivery.state == "waiting"
    assert delivery.why.startswith("Its other language is held back: ")
    assert log.texts == []


def test_the_other_version_begins_with_all_but_the_words() -> None:
    picture = an_attachment(alt="A bridge in snow")
    media = (Placed(picture.pk, "The bridge"),)
    one = english(media=media, link="https://council.example/b", title="Bridge", **tomorrow())
    other = actions.begin_pair(one, "cy", by=BY)
    before, draft = one.draft, other.draft
    assert (draft.to, draft.link, draft.wall) == (before.to, before.link, before.wall)
    assert draft.media == (Placed(picture.pk),)  # what it shows has to be said in Welsh
    assert (draft.text, draft.title, draft.language) == ("", "", "cy")
    assert again(one).pair == other
    assert again(other).pair == one


def test_what_could_go_alone_is_taken_back_first() -> None:
    one = english(**tomorrow())
    decisions.hand_in(one, by=BY)
    run_jobs()
    with pytest.raises(Refusal, match="Take it back first"):
        actions.begin_pair(again(one), "cy", by=BY)
    posts.take_back(again(one), by=BY)
    welsh = in_welsh(again(one))
    for each in (one, welsh):
        decisions.hand_in(again(each), by=BY)
    run_jobs()
    with pytest.raises(Refusal, match="Take it back first"):
        actions.part(again(one), by=BY)
    posts.take_back(again(one), by=BY)
    assert again(welsh).is_draft
    actions.part(again(one), by=BY)
    assert (again(one).pair, again(welsh).pair) == (None, None)


def test_throwing_one_away_keeps_the_other_here(log: Log) -> None:
    one = english(**tomorrow())
    welsh = in_welsh(one)
    for each in (one, welsh):
        decisions.hand_in(again(each), by=BY)
    run_jobs()
    posts.discard(again(welsh), by=BY)
    assert again(one).is_draft
    run_jobs()
    assert log.texts == []


@pytest.mark.parametrize("undo", [posts.take_back, posts.discard])
def test_what_had_left_before_stays_as_it_is(log: Log, undo) -> None:
    one = english()
    decisions.hand_in(one, by=BY)
    run_jobs()
    welsh = in_welsh(again(one))
    decisions.set_steps(its_channel(one), [Asked(role=APPROVER)], by=BY)
    decisions.hand_in(again(welsh), by=BY)
    undo(again(welsh), by=BY)
    assert (again(one).state, log.texts) == ("submitted", [OPEN])
    if undo is posts.discard:
        posts.restore(again(welsh), by=BY)
    actions.part(again(welsh), by=BY)
    assert again(one).pair is None


def test_a_late_translation_follows_what_is_there(log: Log) -> None:
    one = english()
    decisions.hand_in(one, by=BY)
    run_jobs()
    decisions.hand_in(again(in_welsh(again(one))), by=BY)
    run_jobs()
    assert log.texts == [OPEN, AGOR]


def test_a_third_the_same_language_and_what_goes_nowhere_are_refused() -> None:
    one, third = english(), english()
    welsh = in_welsh(one)
    cases = (
        (third, welsh, "is paired with message"),
        (third, english(), "in another language"),
        (third, third, "in another language"),
    )
    for mine, other, says in cases:
        with pytest.raises(Refusal, match=says):
            actions.pair(again(mine), again(other), by=BY)
    gone = posts.start(Draft(text=AGOR, language="cy"), by=BY)
    posts.discard(gone, by=BY)
    with pytest.raises(Refusal, match="it is: thrown away"):
        actions.pair(third, again(gone), by=BY)
    with pytest.raises(Refusal, match="no language code"):
        actions.begin_pair(third, "Welsh", by=BY)
    assert queries.one(third.pk).pair is None
    actions.pair(again(one), again(welsh), by=BY)  # twice is once
    assert again(welsh).pair == one


def test_a_reader_pairs_and_parts_nothing() -> None:
    rhys = people.invite("rhys@council.example", name="Rhys", role=READER, by=BY)
    one = english()
    with pytest.raises(NotAllowed):
        actions.begin_pair(one, "cy", by=rhys)
    in_welsh(again(one))
    with pytest.raises(NotAllowed):
        actions.part(again(one), by=rhys)
    assert again(one).pair

"""The same message in two languages: neither goes without the other, whatever is done to one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from oyez.channels.models import Channel
from oyez.decisions import actions as decisions
from oyez.decisions import queries as reviews
from oyez.decisions.rules import Asked
from oyez.deliveries import actions
from oyez.kit import clock
from oyez.ledger.actor import NotAllowed, Refusal
from oyez.people import actions as people
from oyez.people.rules import APPROVER, OFFICER, READER
from oyez.policy import actions as policy
from oyez.posts import actions as posts
from oyez.posts import queries
from oyez.posts.draft import Draft, Placed
from oyez.posts.models import Post
from tests.factories import BY, a_channel
from tests.fakes.networks import Findable, Log, fakes
from tests.jobs import run_jobs
from tests.library.shelf import an_attachment

pytestmark = pytest.mark.django_db(transaction=True)

OPEN, AGOR = "The bridge is open.", "Mae’r bont ar agor."


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Findable) as log:
        yield log


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

"""Whoever asked for a message sees how it stands, and nothing of ours before it is out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from typing import ClassVar

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from oyez.channels.models import Channel
from oyez.decisions import actions as decisions
from oyez.decisions import queries as reviews
from oyez.decisions.models import Hold, Review
from oyez.decisions.rules import Asked
from oyez.deliveries import actions, outside
from oyez.deliveries.models import Delivery
from oyez.deliveries.outside import Told
from oyez.kit import clock
from oyez.networks.contract import Refused, Standing, Unsure
from oyez.people import actions as people
from oyez.people.models import Person
from oyez.posts import actions as posts
from oyez.posts import queries
from oyez.posts.draft import Draft
from oyez.posts.models import Post, Variant, Wording
from oyez.requests import actions as requests
from oyez.requests.models import Request
from tests.factories import BY, a_channel, a_request
from tests.fakes.networks import Findable, Keyed, Log, Mute, fakes, raises
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


class Pretend(Keyed):
    """A wall that nobody outside can read."""

    name: ClassVar[str] = "fake_pretend"
    title: ClassVar[str] = "Pretend"
    standing: ClassVar[Standing] = Standing.PRETEND


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Findable, Keyed, Mute, Pretend) as log:
        yield log


@pytest.fixture
def asked() -> Request:
    return requests.accept(a_request(), by=BY)


def a_draft(asked: Request, *channels: Channel, text: str = "Shut.", **more: str) -> Post:
    to = tuple(channel.pk for channel in channels or [a_channel()])
    draft = Draft(text=text, to=to, request=asked.pk, **more)  # type: ignore[arg-type]
    return posts.start(draft, by=BY)


def handed_in(asked: Request, *channels: Channel, text: str = "Shut.", **more: str) -> Post:
    return decisions.hand_in(a_draft(asked, *channels, text=text, **more), by=BY)


def tomorrow() -> dict[str, str]:
    return {"wall": f"{clock.now() + timedelta(days=1):%Y-%m-%dT%H:%M}", "zone": "UTC"}


def told(asked: Request) -> Told:
    (one,) = outside.became_of(asked)
    return one


def states(asked: Request) -> list[str]:
    return [one.state for one in outside.became_of(asked)]


def test_a_draft_is_being_written_and_no_more_is_told(asked: Request) -> None:
    post = a_draft(asked, **tomorrow())
    assert told(asked) == Told(post.pk, "writing")


def test_what_somebody_must_say_yes_to_waits_for_approval(asked: Request) -> None:
    channel = a_channel()
    decisions.set_steps(channel, [Asked(role="approver")], by=BY)
    post = handed_in(asked, channel, **tomorrow())
    run_jobs()
    assert told(asked) == Told(post.pk, "approval")


def test_what_is_approved_for_later_has_its_time_and_no_words(asked: Request) -> None:
    post = handed_in(asked, **tomorrow())
    run_jobs()
    assert told(asked) == Told(post.pk, "planned", Wording.objects.get().goes_at)


def test_what_is_held_waits_for_approval_and_its_reason_is_ours(asked: Request) -> None:
    post = handed_in(asked, **tomorrow())
    run_jobs()
    Hold.objects.create(
        wording=Wording.objects.get(), check_id="EL-1", role="x", message="x", began_at=clock.now()
    )
    assert told(asked) == Told(post.pk, "approval")


def test_what_is_about_to_go_is_on_its_way(asked: Request) -> None:
    post = handed_in(asked, **tomorrow())
    run_jobs()
    Delivery.objects.update(state="sending")
    assert told(asked) == Told(post.pk, "going")


def test_what_a_network_refused_has_not_gone_out(asked: Request, log: Log) -> None:
    log.trouble.append(raises(Refused("The account is barred.")))
    post = handed_in(asked)
    run_jobs()
    assert told(asked) == Told(post.pk, "unsent")


def test_what_is_out_names_each_public_place_the_last_first(asked: Request) -> None:
    first, second = a_channel(Findable, name="Secret plan"), a_channel(Keyed)
    Channel.objects.filter(pk=first.pk).update(handle="@council", name="Internal name")
    handed_in(asked, first, second, title="What we call it", text="Shut.\nUntil Friday.")
    run_jobs()
    Delivery.objects.filter(channel=first).update(sent_at=clock.now() + timedelta(minutes=1))
    found = told(asked)
    assert (found.state, found.begins) == ("out", "Shut.")
    named = [(place.network, place.handle, place.url) for place in found.places]
    assert named == [
        ("Findable", "@council", Delivery.objects.get(channel=first).url),
        ("Keyed", "Keyed", Delivery.objects.get(channel=second).url),
    ]
    assert found.at == found.places[0].at > found.places[1].at


def test_practice_is_no_place_and_a_message_for_it_alone_is_none(asked: Request) -> None:
    both = handed_in(asked, a_channel(Pretend), a_channel())
    handed_in(asked, Channel.objects.get(network="fake_pretend"), text="Only a try.")
    run_jobs()
    assert [d.state for d in Delivery.objects.all()] == ["arrived"] * 3
    assert told(asked).post_id == both.pk
    assert [place.network for place in told(asked).places] == ["Findable"]


def test_a_practice_wall_that_was_retired_stays_practice(asked: Request) -> None:
    wall = a_channel(Pretend)
    handed_in(asked, wall)
    run_jobs()
    Channel.objects.filter(pk=wall.pk).update(state="retired")
    assert outside.became_of(asked) == []


def test_the_profile_of_a_colleague_is_linked_and_not_named(asked: Request) -> None:
    mine = a_channel(name="Sam Carter")
    Channel.objects.filter(pk=mine.pk).update(personal=True)
    handed_in(asked, mine)
    run_jobs()
    (place,) = told(asked).places
    assert "Sam" not in str(place)
    assert place.url


def test_what_a_person_saw_there_has_no_link(asked: Request) -> None:
    handed_in(asked)
    run_jobs()
    for url in ("", "javascript:alert(1)"):
        Delivery.objects.update(url=url)
        (place,) = told(asked).places
        assert (told(asked).state, place.url) == ("out", "")


def test_a_thread_is_linked_where_it_begins(asked: Request) -> None:
    handed_in(asked, text="One.\n---\nTwo.")
    run_jobs()
    (place,) = told(asked).places
    assert place.url == Delivery.objects.get(wording__part=1).url
    assert told(asked).begins == "One."


def test_a_correction_is_told_when_it_is_out_and_not_while_it_is_written(asked: Request) -> None:
    post = handed_in(asked, text="Frist.")
    run_jobs()
    draft = actions.correct(post, by=BY)
    saved = posts.save(draft, draft.draft.saying("Firts secret."), based_on=draft.version, by=BY)
    assert (told(asked).state, told(asked).begins) == ("out", "Frist.")
    assert told(asked).places[0].corrected_at is None
    saved = posts.save(saved, saved.draft.saying("First."), based_on=saved.version, by=BY)
    decisions.hand_in(saved, by=BY)
    run_jobs()
    assert (told(asked).state, told(asked).begins) == ("out", "First.")
    assert told(asked).places[0].corrected_at == Delivery.objects.get(kind="edit").settled_at


def test_what_was_taken_down_says_so_without_its_words(asked: Request) -> None:
    first, second = a_channel(Findable), a_channel(Keyed)
    post = handed_in(asked, first, second)
    run_jobs()
    actions.take_down(post, reason="It was wrong.", channels=[first.pk], by=BY)
    run_jobs()
    down, up = sorted(told(asked).places, key=lambda place: place.network)
    assert told(asked).state == "out"
    assert (down.url, bool(down.taken_down_at), bool(up.url)) == ("", True, True)
    actions.take_down(post, reason="It was wrong.", by=BY)
    run_jobs()
    found = told(asked)
    assert (found.state, found.begins) == ("down", "")
    assert found.at == max(place.taken_down_at for place in found.places if place.taken_down_at)


def test_what_was_corrected_and_is_gone_was_taken_down(asked: Request) -> None:
    post = handed_in(asked, text="Frist.")
    run_jobs()
    draft = actions.correct(post, by=BY)
    saved = posts.save(draft, draft.draft.saying("First."), based_on=draft.version, by=BY)
    decisions.hand_in(saved, by=BY)
    run_jobs()
    actions.take_down(post, reason="It was wrong.", by=BY)
    run_jobs()
    assert states(asked) == ["down"]


def test_what_was_taken_down_and_is_said_elsewhere_is_told_anew(asked: Request) -> None:
    post, other = handed_in(asked, a_channel()), a_channel(Keyed)
    run_jobs()
    actions.take_down(post, reason="Not there.", by=BY)
    run_jobs()
    decisions.set_steps(other, [Asked(role="approver")], by=BY)
    draft = posts.take_back(post, by=BY)
    assert states(asked) == ["down"]
    elsewhere = draft.draft.going_to([other.pk])
    decisions.hand_in(posts.save(draft, elsewhere, based_on=draft.version, by=BY), by=BY)
    run_jobs()
    assert (told(asked).state, len(told(asked).places)) == ("approval", 1)
    decisions.vote_yes(review_of(post), digest=review_of(post).digest, by=an_approver())
    run_jobs()
    assert told(asked).state == "out"
    assert [bool(place.url) for place in told(asked).places] == [True, False]


def test_what_somebody_kept_back_and_stays_has_not_gone_out(asked: Request) -> None:
    post = handed_in(asked, **tomorrow())
    run_jobs()
    Variant.objects.update(stays="Somebody kept it from going there.")
    Delivery.objects.update(state="withheld")
    Post.objects.update(version=post.version + 1)
    assert states(asked) == ["unsent"]


def an_approver() -> Person:
    return people.invite("asha@council.example", name="Asha", role="approver", by=BY)


def review_of(post: Post) -> Review:
    review = reviews.review_of(post)
    assert review
    return review


def test_several_messages_are_told_what_is_to_come_first(asked: Request) -> None:
    channel = a_channel()
    one = handed_in(asked, channel, text="One.")
    run_jobs()
    two = handed_in(asked, channel, text="Two.")
    run_jobs()
    planned = handed_in(asked, channel, text="Three.", **tomorrow())
    run_jobs()
    posts.discard(a_draft(asked, channel), by=BY)
    a_draft(requests.accept(a_request(what="Another"), by=BY), channel)
    assert [found.post_id for found in outside.became_of(asked)] == [planned.pk, two.pk, one.pk]


def test_before_our_yes_and_after_our_no_only_what_is_out_is_told() -> None:
    asked, channel = a_request(), a_channel()
    handed_in(asked, channel, text="One.")
    run_jobs()
    a_draft(asked, channel, text="Two.")
    assert states(asked) == ["out"]
    asked = requests.accept(asked, by=BY)
    assert states(asked) == ["writing", "out"]
    assert states(requests.answer(asked, words="Out.", by=BY)) == ["out"]
    asked = requests.reopen(Request.objects.get(), by=BY)
    assert states(requests.refuse(asked, why="Over.", by=BY)) == ["out"]


def test_more_messages_ask_no_more_questions(asked: Request) -> None:
    def asks() -> int:
        with CaptureQueriesContext(connection) as seen:
            outside.became_of(asked)
        return len(seen)

    channel = a_channel()
    for text in ("One.", "Two."):
        post = handed_in(asked, channel, text=text)
        run_jobs()
    few = asks()
    for text in ("Three.", "Four.", "Five."):
        handed_in(asked, channel, text=text)
        run_jobs()
    actions.correct(post, by=BY)
    assert asks() == few


class TestWhichMessagesAreMadeFromIt:
    def test_a_copy_the_other_language_and_each_time_of_a_repeat_are(self, asked: Request) -> None:
        post = a_draft(asked)
        copied = posts.copy(post, by=BY)
        welsh = posts.begin_pair(post, "cy", by=BY)
        soon = clock.now() + timedelta(hours=2)
        starts = soon.replace(tzinfo=None, second=0, microsecond=0)
        posts.repeat(post.draft, rule="FREQ=WEEKLY", starts=starts, zone="UTC", by=BY)
        assert posts.make_due(by=BY) == 1
        repeated = Post.objects.latest("pk")
        assert set(queries.made_of(asked)) == {post, copied, welsh, repeated}

    def test_a_draft_that_names_another_or_none_is_not(self, asked: Request) -> None:
        post = a_draft(asked)
        for number in (None, 10**30, 0, asked.pk + 1):
            named = Draft(text=f"{number}", to=post.draft.to, request=number)
            post = posts.save(post, named, based_on=post.version, by=BY)
            assert not queries.made_of(asked).exists()

    def test_a_request_that_is_removed_leaves_its_message(self, asked: Request) -> None:
        post = a_draft(asked)
        asked.delete()
        assert queries.one(post.pk).asked_for is None

    def test_drafts_from_before_are_remembered(self, asked: Request) -> None:
        post, other = a_draft(asked), a_draft(asked, Channel.objects.get())
        Post.objects.update(asked_for=None)
        Post.objects.filter(pk=other.pk).update(content={"request": "x"})
        with connection.cursor() as cursor:
            cursor.execute(import_module("oyez.posts.migrations.0014_asked_for").REMEMBER)
        assert list(queries.made_of(asked)) == [post]


def test_what_is_in_doubt_is_on_its_way(asked: Request, log: Log) -> None:
    log.aftermath.append(raises(Unsure("The line broke.")))
    handed_in(asked, a_channel(Mute))
    run_jobs()
    assert states(asked) == ["going"]

"""A dead link keeps back what was handed in, in words, until somebody allows it or it lives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from oyez.decisions import actions, queries
from oyez.decisions.models import Hold, LinkLook
from oyez.deliveries import jobs
from oyez.kit import clock
from oyez.ledger.actor import Refusal
from oyez.ledger.deferring import defer
from oyez.people import actions as people
from oyez.people.models import Person
from oyez.people.rules import APPROVER, OFFICER, WRITER
from oyez.posts import actions as posts
from oyez.posts.draft import Draft
from oyez.posts.models import Post
from tests.factories import BY, a_channel
from tests.fakes.networks import Findable, Log, fakes
from tests.jobs import run_jobs
from tests.servers.raw import Server
from tests.servers.site import a_site, looks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Findable) as log:
        yield log


@pytest.fixture
def missing() -> set[str]:
    """What the site does not have, until a test takes it out."""
    return {"/page"}


@pytest.fixture
def site(settings: Settings, missing: set[str]) -> Iterator[Server]:
    with a_site(settings, missing) as site:
        yield site


def someone(name: str, role: str = OFFICER) -> Person:
    return people.invite(f"{name.lower()}@council.example", name=name, role=role, by=BY)


def handed_in(link: str, by: Person, *, name: str = "Council", **ahead: float) -> Post:
    wall = f"{clock.now() + timedelta(**ahead):%Y-%m-%dT%H:%M}" if ahead else ""
    draft = Draft(text=f"Read {link}", to=(a_channel(name=name).pk,), wall=wall, zone="UTC")
    post = posts.start(draft, by=by)
    return actions.hand_in(post, by=by, confirmed=["SE-4"])  # a site of tests has no certificate


def time_passes(**much: float) -> None:
    for look in LinkLook.objects.all():
        LinkLook.objects.filter(pk=look.pk).update(looked_at=look.looked_at - timedelta(**much))


def test_a_dead_link_holds_what_was_handed_in(site: Server, log: Log) -> None:
    asha = someone("Asha")
    post = handed_in(site.url("/page"), asha, days=3)
    run_jobs()
    hold = Hold.objects.get()
    assert (hold.check_id, hold.role, hold.cause) == ("SE-4", APPROVER, "link")
    assert "there was no such page (404)" in hold.message
    mended = posts.take_back(post, by=asha)
    assert mended.is_draft


def test_two_dead_links_are_one_hold_that_names_both(site: Server, log: Log) -> None:
    handed_in(f"{site.url('/page')} and {site.url('/410')}", someone("Asha"))
    run_jobs()
    assert log.texts == []
    message = Hold.objects.get().message
    assert site.url("/page") in message
    assert site.url("/410") in message


def test_at_once_it_is_held_too_as_long_as_it_has_not_left(site: Server, log: Log) -> None:
    handed_in(site.url("/page"), someone("Asha"))
    run_jobs()
    assert log.texts == []
    assert Hold.objects.get().ended_at is None


def test_a_link_that_lives_holds_nothing(site: Server, log: Log) -> None:
    handed_in(site.url("/200"), someone("Asha"))
    run_jobs()
    assert len(log.texts) == 1
    assert looks(site, "/200") == ["HEAD"]
    assert not Hold.objects.exists()


def test_a_site_that_refuses_robots_holds_nothing(site: Server, log: Log) -> None:
    handed_in(site.url("/403"), someone("Asha"))
    run_jobs()
    assert len(log.texts) == 1


def test_somebody_who_may_lets_it_go_and_it_is_not_held_again(site: Server, log: Log) -> None:
    asha = someone("Asha")
    post = handed_in(site.url("/page"), asha)
    run_jobs()
    hold = Hold.objects.get()
    with pytest.raises(Refusal, match="You wrote these words"):
        actions.release(hold, reason="It is fine.", by=asha)
    with pytest.raises(Refusal, match="Only the approver"):
        actions.release(hold, reason="It is fine.", by=someone("Will", WRITER))
    actions.release(hold, reason="The page appears at noon.", by=someone("Ben", APPROVER))
    defer(jobs.follow_links, on_id=post.pk)
    run_jobs()
    assert len(log.texts) == 1
    assert not queries.holds_on(post).filter(ended_at=None).exists()


def test_a_page_that_appears_lets_it_go(site: Server, log: Log, missing: set[str]) -> None:
    handed_in(site.url("/page"), someone("Asha"))
    run_jobs()
    missing.clear()
    jobs.tend_links(0)
    run_jobs()
    assert log.texts == []  # it was looked at just now
    time_passes(minutes=16)
    jobs.tend_links(0)
    run_jobs()
    assert len(log.texts) == 1
    assert Hold.objects.get().reason == "It no longer applies."


def test_what_is_known_to_be_dead_is_stopped_first_and_may_be_asked_for(
    site: Server, log: Log
) -> None:
    actions.follow(site.url("/page"))
    asha = someone("Asha")
    with pytest.raises(actions.Stopped, match="is dead"):
        handed_in(site.url("/page"), asha)
    post = actions.hand_in(Post.objects.get(), by=asha, confirmed=["SE-4"], asking=["SE-4"])
    review = queries.review_of(post)
    assert review
    actions.vote_yes(
        review, digest=review.digest, by=someone("Ben", APPROVER), reason="It opens at noon."
    )
    run_jobs()
    assert len(log.texts) == 1


def test_what_is_found_while_somebody_is_asked_holds_after_the_yes(site: Server, log: Log) -> None:
    post = handed_in(site.url("/page"), someone("Will", WRITER))
    run_jobs()
    review = queries.review_of(post)
    assert review
    assert not Hold.objects.exists()
    actions.vote_yes(review, digest=review.digest, by=someone("Ben", APPROVER))
    run_jobs()
    assert log.texts == []
    assert Hold.objects.get().check_id == "SE-4"


def test_two_messages_with_one_link_make_one_look_and_both_are_held(site: Server, log: Log) -> None:
    asha = someone("Asha")
    for name in ("Council", "Parks"):
        handed_in(site.url("/page"), asha, name=name)
    run_jobs()
    assert looks(site, "/page") == ["HEAD", "GET"]
    assert Hold.objects.values("wording__variant__post").distinct().count() == 2


def test_what_is_out_is_not_held(site: Server, log: Log, settings: Settings) -> None:
    follows, settings.OYEZ = settings.OYEZ, replace(settings.OYEZ, follow_links=False)
    post = handed_in(site.url("/page"), someone("Asha"))
    run_jobs()
    assert (len(log.texts), site.requests) == (1, [])
    settings.OYEZ = follows
    defer(jobs.follow_links, on_id=post.pk)
    run_jobs()
    assert looks(site, "/page") == ["HEAD", "GET"]
    assert not Hold.objects.exists()


def test_a_draft_is_looked_at_once_however_often_it_is_saved(site: Server) -> None:
    asha = someone("Asha")
    post = posts.start(Draft(text="Read"), by=asha)
    for number in range(5):
        text = f"Read {site.url('/200')}" + "!" * number
        post = posts.save(post, Draft(text=text), based_on=post.version, by=asha)
        jobs.tend_links(0)
        run_jobs()
    assert site.requests == []  # still typing
    post.edited_at = clock.now() - queries.QUIET
    post.save()
    for _ in range(2):
        jobs.tend_links(0)
        run_jobs()
    assert looks(site, "/200") == ["HEAD"]


def test_a_message_is_not_put_into_the_queue_twice(site: Server) -> None:
    post = posts.start(Draft(text=f"Read {site.url('/200')}"), by=BY)
    Post.objects.filter(pk=post.pk).update(edited_at=clock.now() - queries.QUIET)
    jobs.tend_links(0)
    jobs.tend_links(0)
    assert ProcrastinateJob.objects.filter(task_name=jobs.follow_links.name).count() == 1


def test_what_goes_out_soon_is_looked_at_again(site: Server, log: Log) -> None:
    asha = someone("Asha")
    handed_in(site.url("/200"), asha, days=3)
    soon = handed_in(site.url("/403"), asha, name="Parks", minutes=30)
    run_jobs()
    time_passes(days=2)
    assert queries.posts_wanting_a_look().get() == soon


def test_nothing_is_followed_where_the_operator_says_no(log: Log, settings: Settings) -> None:
    assert not settings.OYEZ.follow_links
    handed_in("https://council.example/1", someone("Asha"))
    jobs.tend_links(0)
    run_jobs()
    assert len(log.texts) == 1
    assert not LinkLook.objects.exists()

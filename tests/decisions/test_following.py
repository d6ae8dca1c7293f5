"""Where do links lead? Looked at on a real server, once a day, and never where nobody may go."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from pytest_django import Settings

from oyez.decisions import actions, queries
from oyez.decisions.models import LinkLook
from oyez.kit import clock
from oyez.ledger.actor import Refusal
from oyez.posts import actions as posts
from oyez.posts.draft import Draft
from tests.factories import BY
from tests.servers.raw import Server
from tests.servers.site import a_site, looks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site(settings: Settings) -> Iterator[Server]:
    with a_site(settings) as site:
        yield site


def followed(link: str) -> LinkLook:
    actions.follow(link)
    return LinkLook.objects.get(url=link)


def an_hour_later(**more: float) -> None:
    LinkLook.objects.update(looked_at=clock.now() - timedelta(**(more or {"hours": 1})))


@pytest.mark.parametrize(
    ("path", "status", "methods"),
    [
        ("/200", 200, ["HEAD"]),
        ("/404", 404, ["HEAD", "GET"]),
        ("/410", 410, ["HEAD", "GET"]),
        ("/403", 403, ["HEAD", "GET"]),
        ("/500", 500, ["HEAD", "GET"]),
        ("/no-head", 200, ["HEAD", "GET"]),
        ("/no-head-and-big", 200, ["HEAD", "GET"]),
        ("/hangs-up", 200, ["HEAD", "GET"]),
    ],
)
def test_what_a_site_says_is_kept(site: Server, path: str, status: int, methods: list[str]) -> None:
    look = followed(site.url(path))
    assert (look.status, look.final, look.why) == (status, site.url(path), "")
    assert looks(site, path) == methods


def test_a_redirect_is_followed_to_where_it_ends(site: Server) -> None:
    assert followed(site.url("/moved")).final == site.url("/200")


@pytest.mark.parametrize(
    ("path", "why"),
    [("/loop", "forwarded more than 3 times"), ("/slow", "took too long to answer")],
)
def test_what_brings_no_answer_says_why(site: Server, path: str, why: str) -> None:
    look = followed(site.url(path))
    assert (look.status, look.refused, why in look.why) == (0, False, True)


def test_nobody_there_is_no_answer(settings: Settings) -> None:
    with a_site(settings) as site:
        gone = site.url("/200")
    look = followed(gone)
    assert (look.status, look.refused, "Nothing answers" in look.why) == (0, False, True)


def test_another_kind_of_address_is_no_answer(site: Server) -> None:
    look = followed("ftp://council.example/")
    assert (look.status, look.refused, "begin with http" in look.why) == (0, False, True)


@pytest.mark.parametrize("link", ["http://10.0.0.1/", "http://169.254.169.254/", "http://[::1]/"])
def test_no_private_address_is_asked(site: Server, link: str) -> None:
    look = followed(link)
    assert (look.status, look.refused) == (0, True)
    assert "not a public address" in look.why


def test_no_redirect_leads_into_the_building(site: Server) -> None:
    assert followed(site.url("/inside")).refused


def test_nobody_looks_twice_a_day(site: Server) -> None:
    for _ in range(2):
        actions.follow(site.url("/200"))
        an_hour_later()
    assert looks(site, "/200") == ["HEAD"]
    an_hour_later(days=1, minutes=1)
    assert queries.followed([site.url("/200")]) == {}
    actions.follow(f"{site.url('/200')}?utm_campaign=budget#map")
    assert looks(site, "/200") == ["HEAD", "HEAD"]


def test_what_was_dead_is_looked_at_again_soon_and_believed_meanwhile(site: Server) -> None:
    actions.follow(site.url("/404"))
    actions.follow(site.url("/404"))
    assert len(looks(site, "/404")) == 2  # HEAD and GET, once
    an_hour_later()
    assert queries.followed([site.url("/404")])[site.url("/404")].status == 404
    assert queries.links_wanting_a_look([site.url("/404")]) == [site.url("/404")]


def test_two_at_once_leave_one_look(site: Server) -> None:
    def look(_: int) -> None:
        try:
            actions.follow(site.url("/200"))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(look, range(2)))
    assert LinkLook.objects.get().status == 200


def test_old_looks_are_forgotten(site: Server) -> None:
    followed(site.url("/200"))
    actions.forget_looks()
    assert LinkLook.objects.exists()
    an_hour_later(days=1, minutes=1)
    actions.forget_looks()
    assert not LinkLook.objects.exists()


def test_an_operator_without_a_way_out_is_heeded(settings: Settings) -> None:
    assert not settings.OYEZ.follow_links  # as every other test has it
    posts.start(Draft(text="https://council.example/1"), by=BY)
    assert queries.links_wanting_a_look(["https://council.example/1"]) == []
    assert not queries.posts_wanting_a_look().exists()
    with pytest.raises(Refusal, match="OYEZ_FOLLOW_LINKS"):
        actions.follow("https://council.example/1")
    assert not LinkLook.objects.exists()


def test_an_address_that_cannot_be_kept_is_passed_by(site: Server) -> None:
    long = site.url("/" + "a" * 3000)
    for link in (long, "https://council.example/\0", "https://council.example/\ud800"):
        assert queries.followed([link]) == {}
        actions.follow(link)
    assert site.requests == []


def test_every_link_of_a_message_counts(site: Server) -> None:
    one, two, three = (f"https://council.example/{n}" for n in range(3))
    draft = Draft(text=f"See {one} {one}#map", own_words={3: f"See {two}"}, link=three)
    assert queries.links_of(draft) == [one, three, two]


def test_what_is_being_written_wants_a_look_once_its_author_rests(site: Server) -> None:
    post = posts.start(Draft(text=f"Read {site.url('/200')}"), by=BY)
    assert not queries.posts_wanting_a_look().exists()
    post.edited_at = clock.now() - queries.QUIET
    post.save()
    assert queries.posts_wanting_a_look().get() == post
    actions.follow(site.url("/200"))
    assert not queries.posts_wanting_a_look().exists()


def test_nothing_is_kept_of_an_address_with_a_password(site: Server) -> None:
    link = site.url("/200").replace("//", "//ada:secret@")
    assert queries.links_of(Draft(text=f"See {link}", link=link)) == []
    actions.follow(link)
    assert not LinkLook.objects.exists()
    assert site.requests == []

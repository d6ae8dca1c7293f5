"""A preview link: for whoever has it, to read and say something, no longer than it lasts."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from oyez.decisions import actions as decisions
from oyez.kit import clock
from oyez.library import actions as library
from oyez.posts import actions
from oyez.posts.draft import Draft, Placed
from oyez.posts.models import Comment, Post
from tests.factories import BY, a_channel, a_post
from tests.fakes.networks import Log
from tests.formats.gallery import noise, opened
from tests.jobs import run_jobs
from tests.library.shelf import ready
from tests.web.conftest import page

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def post(log: Log) -> Post:
    return actions.start(Draft(text="The bridge is open.", to=(a_channel().pk,)), by=BY)


def test_a_link_is_made_shown_once_and_opened_without_signing_in(
    officer: Client, post: Post
) -> None:
    made = page(officer.post(f"/messages/{post.pk}/share"))
    path = re.search(r"/preview/[\w-]+", made)
    assert path
    answer = Client().get(path[0])
    assert "The bridge is open." in page(answer)
    assert "noindex" in answer["X-Robots-Tag"]
    assert answer["Referrer-Policy"] == "same-origin"  # nobody elsewhere learns the address
    assert "no-store" in answer["Cache-Control"]
    assert path[0] not in page(officer.get(f"/messages/{post.pk}"))


def test_a_reviewer_comments_under_a_name_that_cannot_be_taken_for_a_colleague_s(
    officer: Client, post: Post
) -> None:
    here = f"/preview/{actions.share(post, by=BY)}"
    assert Client().post(here, {"name": "", "text": ""}).status_code == 422
    said = Client().post(here, {"name": "Sam Carter", "text": "Which bridge?"}, follow=True)
    assert "Which bridge?" in page(said)
    shown = page(officer.get(f"/messages/{post.pk}"))
    assert "Sam Carter (preview link)" in shown


def test_what_colleagues_say_stays_inside(officer: Client, post: Post) -> None:
    officer.post(f"/messages/{post.pk}/comment", {"text": "The mayor is late again."})
    assert "The mayor is late" in page(officer.get(f"/messages/{post.pk}"))
    token = actions.share(post, by=BY)
    assert "The mayor is late" not in page(Client().get(f"/preview/{token}"))


def test_reviewers_together_say_only_so_much_in_an_hour(post: Post) -> None:
    here = f"/preview/{actions.share(post, by=BY)}"
    for number in range(20):
        assert Client().post(here, {"name": "Bot", "text": f"{number}"}).status_code == 302
    answer = Client().post(here, {"name": "Bot", "text": "One more"})
    assert answer.status_code == 422
    assert "Many comments came in within an hour." in page(answer)
    Comment.objects.update(at=clock.now() - timedelta(hours=2))
    assert Client().post(here, {"name": "Ada", "text": "Later"}).status_code == 302


def test_an_ended_or_expired_or_made_up_link_shows_nothing(officer: Client, post: Post) -> None:
    expired = actions.share(post, by=BY, lasts=timedelta(seconds=-1))
    ended = actions.share(post, by=BY)
    officer.post(f"/messages/{post.pk}/unshare")
    for token in (expired, ended, "x"):
        for answer in (
            Client().get(f"/preview/{token}"),
            Client().post(f"/preview/{token}", {"name": "Ada", "text": "Still here"}),
        ):
            assert answer.status_code == 404
            assert "This preview has ended" in page(answer)
            assert "bridge" not in page(answer)
    assert not Comment.objects.exists()


def test_a_reader_makes_no_link(reader: Client, post: Post) -> None:
    assert reader.post(f"/messages/{post.pk}/share").status_code == 403
    assert "Make a preview link" not in page(reader.get(f"/messages/{post.pk}"))


def test_the_pictures_of_the_message_are_behind_the_link_and_no_others(
    officer: Client, log: Log
) -> None:
    mine, other = ready(alt="A bridge in snow"), ready(noise((40, 40)), "other.png")
    draft = Draft(text="Open.", to=(a_channel().pk,), media=(Placed(mine.pk),))
    post = actions.start(draft, by=BY)
    token = actions.share(post, by=BY)
    for _moment in ("a draft", "handed in"):
        seen = BeautifulSoup(Client().get(f"/preview/{token}").content, "html.parser")
        shown = seen.select_one("figure img")
        assert shown
        assert shown["alt"] == "A bridge in snow"
        answer = Client().get(shown["src"])
        assert opened(answer.content).size
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Disposition"].startswith("inline; ")
        assert "noindex" in answer["X-Robots-Tag"]
        assert Client().get(f"/preview/{token}/{other.pk}.picture").status_code == 404
        if post.is_draft:
            post = decisions.hand_in(post, by=BY)
    officer.post(f"/messages/{post.pk}/unshare")
    assert Client().get(shown["src"]).status_code == 404
    expired = actions.share(post, by=BY, lasts=timedelta(seconds=-1))
    assert Client().get(f"/preview/{expired}/{mine.pk}.picture").status_code == 404


def test_the_link_says_when_it_is_meant_to_go_out(log: Log) -> None:
    channel = a_channel()
    wall = (clock.now() + timedelta(days=3)).strftime("%Y-%m-%dT12:05")
    draft = Draft(text="Open.", to=(channel.pk,), wall=wall, zone="Europe/London")
    post = actions.start(draft, by=BY)
    here = f"/preview/{actions.share(post, by=BY)}"
    assert "It is meant to go out at 12:05, " in page(Client().get(here))
    decisions.hand_in(post, by=BY)
    assert "It is meant to go out at 12:05, " in page(Client().get(here))
    actions.discard(post, by=BY)
    assert "It is not going out" in page(Client().get(here))
    sent = a_post("Out.", to=[channel])
    at_once = f"/preview/{actions.share(sent, by=BY)}"
    assert "No time is set" in page(Client().get(at_once))
    run_jobs()
    assert "It is out." in page(Client().get(at_once))


@pytest.mark.parametrize("name", ["job:x", "console:root"])
def test_a_reviewer_is_never_taken_for_the_house(officer: Client, post: Post, name: str) -> None:
    here = f"/preview/{actions.share(post, by=BY)}"
    assert f"{name} (preview link)" in page(
        Client().post(here, {"name": name, "text": "Fine"}, follow=True)
    )
    assert f"{name} (preview link)" in page(officer.get(f"/messages/{post.pk}"))


def test_a_name_that_nobody_can_see_is_none(post: Post) -> None:
    here = f"/preview/{actions.share(post, by=BY)}"
    answer = Client().post(here, {"name": "\u200b", "text": "Fine"})
    assert answer.status_code == 422
    assert "Enter your name" in page(answer)
    assert not Comment.objects.exists()


def test_what_was_thrown_away_is_shown_to_nobody(log: Log) -> None:
    kept = ready(alt="A bridge in snow")
    draft = Draft("Secret words.", (a_channel().pk,), media=(Placed(kept.pk),))
    thrown = actions.start(draft, by=BY)
    here = f"/preview/{actions.share(thrown, by=BY)}"
    Client().post(here, {"name": "Ada", "text": "I like the secret words."})
    actions.discard(thrown, by=BY)
    for answer in (Client().get(here), Client().post(here, {"name": "Ada", "text": "Why?"})):
        assert answer.status_code == 404
        assert "It is not going out, so there is nothing to read any more." in page(answer)
        assert "ecret words" not in page(answer)
        assert "no-store" in answer["Cache-Control"]
    assert Client().get(f"{here}/{kept.pk}.picture").status_code == 404
    assert Comment.objects.count() == 1


def test_a_picture_that_was_taken_out_of_use_is_shown_to_no_reviewer(log: Log) -> None:
    kept = ready(alt="A bridge in snow")
    draft = Draft("Open.", (a_channel().pk,), media=(Placed(kept.pk),))
    post = actions.start(draft, by=BY)
    here = f"/preview/{actions.share(post, by=BY)}"
    assert "A bridge in snow" in page(Client().get(here))
    decisions.hand_in(post, by=BY)
    library.retire(kept, by=BY)
    seen = page(Client().get(here))
    assert "A picture or film of it was taken out of use and is not shown." in seen
    assert "A bridge in snow" not in seen
    assert Client().get(f"{here}/{kept.pk}.picture").status_code == 404
    draft_of_it = actions.start(draft, by=BY)
    seen = page(Client().get(f"/preview/{actions.share(draft_of_it, by=BY)}"))
    assert "is not shown." in seen
    assert "A bridge in snow" not in seen

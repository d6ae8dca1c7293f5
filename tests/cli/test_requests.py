"""The request desk from the command line."""

from __future__ import annotations

import json

import pytest

from oyez.decisions import actions as decisions
from oyez.deliveries import shift
from oyez.posts import actions as posts
from oyez.posts.draft import Draft
from oyez.requests import actions as requests
from tests.cli.test_verbs import listed, oyez
from tests.factories import BY, a_channel, a_request
from tests.fakes.networks import Findable, fakes
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db

ASKED = ("requests", "ask", "--name", "Ada", "--email", "ada@parks.example")


def test_a_request_is_asked_accepted_answered_and_opened_again() -> None:
    made = json.loads(
        oyez(*ASKED, "--what", "The pond is shut.", "--purpose", "Danger", "--json").stdout
    )
    number = str(made["id"])
    assert (made["state"], made["what"], made["by"][:8]) == ("new", "The pond is shut.", "console:")
    assert oyez("requests", "accept", number).exit_code == 0
    assert oyez("requests", "accept", number).exit_code == 1
    assert oyez("requests", "answer", number, "--words", "Out.").exit_code == 0
    assert listed("requests", "list", "--state", "done")[0]["why"] == "Out."
    assert oyez("requests", "reopen", number).exit_code == 0
    assert oyez("requests", "refuse", number, "--why", "Too late.").exit_code == 0
    assert [found["state"] for found in listed("requests", "list")] == ["refused"]


@pytest.mark.django_db(transaction=True)
def test_a_request_shows_what_became_of_its_messages() -> None:
    with fakes(Findable):
        made = requests.accept(a_request(), by=BY)
        assert json.loads(oyez("requests", "show", str(made.pk), "--json").stdout)["messages"] == []
        draft = Draft(text="The pond is shut.", to=(a_channel().pk,), request=made.pk)
        post = posts.start(draft, by=BY)
        assert "writing" in oyez("requests", "show", str(made.pk)).stdout
        decisions.hand_in(post, by=BY)
        run_jobs()
        (told,) = json.loads(oyez("requests", "show", str(made.pk), "--json").stdout)["messages"]
        (place,) = told["places"]
        assert (told["post_id"], told["state"], told["begins"]) == (
            post.pk,
            "out",
            "The pond is shut.",
        )
        assert (place["network"], place["url"]) == ("Findable", "https://fake.example/1")
        assert (place["corrected_at"], place["taken_down_at"]) == (None, None)
        assert "https://fake.example/1" in oyez("requests", "show", str(made.pk)).stdout
        assert listed("posts", "list")[0]["request"] == made.pk
    shift.end()


def test_everything_that_is_wrong_is_one_answer_and_exit_code_one() -> None:
    result = oyez(*ASKED, "--deadline", "2000-01-01")
    assert (result.exit_code, result.stdout) == (1, "")
    for words in ("Enter what you want us to say.", "Enter why", "has passed."):
        assert words in result.stderr


def test_a_request_that_is_not_there_and_a_state_that_is_none() -> None:
    assert "There is no request 7." in oyez("requests", "show", "7").stderr
    assert oyez("requests", "show", str(2**70)).exit_code == 2
    assert "There is no state “old”." in oyez("requests", "list", "--state", "old").stderr
    assert "Nobody has asked" in oyez("requests", "list").stdout


def test_what_would_steer_the_terminal_is_written_out() -> None:
    made = a_request(what="Hello \x1b[2J\u202eworld", purpose="a\x07b")
    for said in (oyez("requests", "show", str(made.pk)), oyez("requests", "list")):
        assert "\x1b" not in said.stdout
        assert "⟨U+001B⟩[2J⟨U+202E⟩world" in said.stdout
    (kept,) = listed("requests", "list")
    assert kept["what"] == made.what

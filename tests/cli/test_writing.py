"""`oyez posts write`, `edit`, `hand-in`: a whole message from the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from oyez.channels.models import Channel
from oyez.decisions import actions as decisions
from oyez.decisions.rules import Asked
from oyez.people import actions as people
from oyez.people.rules import APPROVER
from oyez.posts.draft import Placed
from oyez.posts.models import Post
from tests.cli.test_verbs import listed, oyez
from tests.factories import BY, a_channel
from tests.fakes.networks import Findable, Keyed, Log, fakes
from tests.jobs import run_jobs
from tests.library.shelf import ready

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Findable, Keyed) as log:
        yield log


@pytest.fixture(autouse=True)
def channels(log: Log) -> tuple[Channel, Channel]:
    return a_channel(name="Town"), a_channel(Keyed, name="Sirens")


def told(*words: str) -> dict[str, object]:
    result = oyez(*words, "--json")
    assert result.exit_code == 0, result.output
    said: dict[str, object] = json.loads(result.stdout)
    return said


def test_a_message_is_written_changed_and_sent_in_each_channels_words(
    log: Log, channels: tuple[Channel, Channel]
) -> None:
    picture = ready()
    made = told(
        "posts", "write", "The bridge is shut.", "--to", "Town", "--to", "Sirens",
        "--own", "Sirens", "Bridge shut!", "--picture", str(picture.pk), "--title", "Bridge",
    )  # fmt: skip
    post = Post.objects.get(pk=made["id"])
    assert post.is_draft
    assert post.draft.own_words == {channels[1].pk: "Bridge shut!"}
    assert post.draft.media == (Placed(picture.pk),)
    edited = oyez("posts", "edit", str(post.pk), "--text", "The bridge is open.", "--at", "23:59")
    assert f"Message {post.pk} is version 2." in edited.stdout
    post.refresh_from_db()
    assert (post.draft.text, post.draft.wall[-5:]) == ("The bridge is open.", "23:59")
    assert post.draft.own_words == {channels[1].pk: "Bridge shut!"}  # not said: stays
    assert oyez("posts", "edit", str(post.pk), "--at", "").exit_code == 0
    assert "is on its way" in oyez("posts", "hand-in", str(post.pk), "--confirm", "AC-12").stdout
    run_jobs()
    assert sorted(log.texts) == ["Bridge shut!", "The bridge is open."]


def test_what_a_check_or_a_channel_asks_is_said(channels: tuple[Channel, Channel]) -> None:
    people.invite("ben@council.example", name="Ben", role=APPROVER, by=BY)
    decisions.set_steps(channels[0], [Asked(role=APPROVER)], by=BY)
    made = told("posts", "write", "http://council.example", "--to", "Town")
    number = str(made["id"])
    refused = oyez("posts", "hand-in", number)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "Please look first" in refused.stderr
    state = told("posts", "hand-in", number, "--confirm", "SE-4")
    assert state["state"] == "submitted"
    assert [row["post"] for row in listed("reviews")] == [made["id"]]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--to", "Nowhere"), "Nowhere"),
        (("--picture", "99"), "There is no picture or film 99"),
        (("--campaign", "99"), "There is no campaign 99"),
        (("--at", "tomorrow-ish"), "is not a time"),
        (("--own", "Nowhere", "Hello"), "Nowhere"),
    ],
)
def test_what_is_not_here_is_refused_and_nothing_is_kept(words: tuple[str, ...], says: str) -> None:
    refused = oyez("posts", "write", "Hello", *words)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert says in refused.stderr
    assert not Post.objects.exists()

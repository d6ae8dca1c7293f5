"""`oyez templates`, as people and programs use it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from oyez.posts import actions as posts
from oyez.posts import queries
from oyez.posts.draft import Draft
from tests.cli.test_verbs import listed, oyez
from tests.factories import BY, a_channel
from tests.fakes.networks import Findable, Log, fakes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Findable) as log:
        yield log


def test_words_are_kept_used_and_removed() -> None:
    channel = a_channel()
    holding = ("--holding", "--purpose", "First hour of a flood")
    assert oyez("templates", "keep", "Bins", "--text", "Bins are late.").exit_code == 0
    assert oyez("templates", "keep", "Flood", "--text", "We know.", *holding).exit_code == 0
    assert [one["name"] for one in listed("templates", "list")] == ["Flood", "Bins"]
    (flood,) = listed("templates", "list", "--holding")
    assert (flood["purpose"], flood["text"]) == ("First hour of a flood", "We know.")
    assert oyez("templates", "use", str(flood["id"])).exit_code == 0
    draft = queries.drafts().get().draft
    assert (draft.text, draft.to) == ("We know.", (channel.pk,))
    assert oyez("templates", "remove", str(flood["id"])).output == "Removed Flood.\n"
    assert listed("templates", "list", "--holding") == []


def test_a_message_gives_its_words_and_its_language() -> None:
    post = posts.start(Draft(text="Ar gau.", language="cy"), by=BY)
    assert oyez("templates", "keep", "Ar gau", "--from", str(post.pk)).exit_code == 0
    (kept,) = listed("templates", "list")
    assert (kept["text"], kept["language"]) == ("Ar gau.", "cy")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("keep", "Bins"), "Say the words with --text"),
        (("keep", "Bins", "--text", "x", "--from", "1"), "Say the words with --text"),
        (("keep", "Flood", "--text", "x", "--holding"), "Say when this holding statement"),
        (("use", "9"), "There is no template 9."),
        (("remove", "9"), "There is no template 9."),
    ],
)
def test_what_is_refused_is_one_sentence(words: tuple[str, ...], says: str) -> None:
    said = oyez("templates", *words)
    assert (said.exit_code, said.output.count("\n")) == (1, 1)
    assert says in said.output
    assert listed("templates", "list") == []

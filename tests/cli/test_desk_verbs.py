"""Messages and their approval on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from oyez.decisions import actions
from oyez.decisions import queries as reviews
from oyez.decisions.models import Decision
from oyez.decisions.rules import Asked
from oyez.ledger.actor import Actor, Refusal
from oyez.people import actions as people
from oyez.people.models import Person
from oyez.people.rules import APPROVER, OFFICER, READER, console
from oyez.posts import actions as posts
from oyez.posts import queries
from oyez.posts.draft import Draft
from oyez.posts.models import Post
from tests.cli.test_verbs import listed, oyez
from tests.factories import BY, a_channel, a_feed
from tests.fakes.networks import Findable, Log, fakes
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Findable) as log:
        yield log


@pytest.fixture
def asha() -> Person:
    return people.invite("asha@council.example", name="Asha", role=OFFICER, by=BY)


@pytest.fixture
def ben(asha: Person) -> Person:
    return people.invite("ben@council.example", name="Ben", role=APPROVER, by=BY)


def handed_in(by: Actor, *steps: Asked) -> Post:
    channel = a_channel()
    actions.set_steps(channel, steps or [Asked(role=APPROVER)], by=BY)
    post = posts.start(Draft(text="The bridge is open.", to=(channel.pk,)), by=by)
    return actions.hand_in(post, by=by)


def refused(*words: str) -> str:
    result = oyez(*words)
    assert (result.exit_code, result.stdout) == (1, "")
    (sentence,) = result.stderr.strip().splitlines()
    return sentence


def test_what_waits_is_listed_approved_and_sent(log: Log, asha: Person, ben: Person) -> None:
    post = handed_in(asha)
    (waiting,) = listed("reviews")
    assert (waiting["post"], waiting["state"], waiting["asks"]) == (post.pk, "open", "Asha, Ben")
    assert "approved" in oyez("approve", str(post.pk), "--as", ben.email).stdout
    run_jobs()
    assert log.texts == ["The bridge is open."]
    assert Decision.objects.get().by["name"].startswith("Ben (typed by ")
    assert listed("reviews") == []


def test_whoever_has_the_machine_says_yes_for_nobody_who_wrote_or_is_not_asked(
    log: Log, asha: Person, ben: Person
) -> None:
    rhys = people.invite("rhys@council.example", name="Rhys", role=READER, by=BY)
    number = str(handed_in(asha, Asked(people=(ben.pk,))).pk)
    assert oyez("approve", number).exit_code == 2  # in nobody’s name
    assert "somebody else must approve them" in refused("approve", number, "--as", asha.email)
    assert "Rhys (typed by " in refused("approve", number, "--as", rhys.email)
    assert "Nobody here has the address" in refused("approve", number, "--as", "x@example.org")
    run_jobs()
    assert log.texts == []
    assert oyez("approve", number, "--as", ben.email).exit_code == 0


def test_what_was_written_on_the_command_line_is_approved_elsewhere(log: Log, ben: Person) -> None:
    post = handed_in(console("root"))
    assert "somebody else must decide" in refused("approve", str(post.pk), "--as", ben.email)
    run_jobs()
    assert log.texts == []


def test_the_machine_itself_decides_nothing(asha: Person) -> None:
    review = reviews.review_of(handed_in(asha))
    assert review
    with pytest.raises(Refusal, match="Only a person may decide this"):
        actions.vote_yes(review, digest=review.digest, by=console("root"))


def test_an_older_version_and_what_asks_nobody_are_refused(asha: Person) -> None:
    post = handed_in(asha)
    taken = posts.take_back(post, by=asha)
    posts.save(taken, Draft(text="New.", to=taken.draft.to), based_on=taken.version, by=asha)
    actions.hand_in(queries.one(post.pk), by=asha)
    yes = ("--as", asha.email)
    assert "Read it again first." in refused("approve", str(post.pk), "--version", "1", *yes)
    assert "There is no message 999." in refused("approve", "999", *yes)
    draft = posts.start(Draft(text="Mine."), by=asha)
    assert "asks nobody" in refused("approve", str(draft.pk), *yes)


def test_a_no_gives_it_back_with_its_reason(asha: Person, ben: Person) -> None:
    post = handed_in(asha)
    no = ("reject", str(post.pk), "--as", ben.email)
    assert oyez(*no).exit_code == 2  # without a reason
    assert oyez(*no, "--why", "Which bridge?").exit_code == 0
    assert queries.one(post.pk).is_draft


def test_a_message_is_shown_copied_thrown_away_and_brought_back(asha: Person) -> None:
    post = handed_in(asha)
    number = str(post.pk)
    (shown,) = [one for one in listed("posts", "show", number) if one["channel"] == "Findable"]
    assert (shown["text"], shown["review"]) == ("The bridge is open.", "open")
    assert oyez("posts", "take-back", number).exit_code == 0
    assert listed("posts", "list", "--drafts")[0]["id"] == post.pk
    assert listed("posts", "show", number)[0]["text"] == "The bridge is open."
    assert oyez("posts", "discard", number).exit_code == 0
    assert "Bring it back first." in refused("posts", "take-back", number)
    assert oyez("posts", "restore", number).exit_code == 0
    oyez("posts", "copy", number)
    assert len(listed("posts", "list", "--drafts")) == 2
    assert oyez("posts", "comment", number, "Good.").exit_code == 0
    assert "Enter a comment." in refused("posts", "comment", number, " ")


def test_a_feed_is_trusted_further_and_confirmed(asha: Person) -> None:
    feed = a_feed(to=[a_channel()])
    name = str(feed.pk)
    assert "trust approve" in oyez("feeds", "trust", name, "approve").stdout
    assert "no standing decision" in refused("feeds", "confirm", name)
    oyez("feeds", "trust", name, "automatic")
    assert "somebody else must confirm it" in refused("feeds", "confirm", name)


def test_grounds_of_the_checks_are_set_from_here(asha: Person) -> None:
    a_feed(to=[a_channel(name="Council")], name="Partner news")
    assert "is somebody else’s" in oyez("feeds", "whose", "Partner news", "third-party").output
    assert listed("feeds", "list")[0]["third_party"] is True
    assert "is our own" in oyez("feeds", "whose", "Partner news", "ours").output
    oyez("channels", "describe", "Council", "--area", "North", "--personal")
    oyez("channels", "describe", "Council", "--tone", "Short")
    (found,) = listed("channels", "list")
    assert (found["tone"], found["area"], found["personal"]) == ("Short", "North", True)
    oyez("people", "certificate", asha.email, "--until", "2027-12-31")
    assert listed("people", "list")[0]["certificate_until"] == "2027-12-31"
    oyez("people", "certificate", asha.email, "--none")
    assert listed("people", "list")[0]["certificate_until"] is None
    assert "Give either" in refused("people", "certificate", asha.email)


def test_a_message_is_paired_with_its_other_language_and_parted() -> None:
    channel = a_channel()
    english = posts.start(Draft(text="The bridge is open.", to=(channel.pk,)), by=BY)
    number = str(english.pk)
    (begun,) = [json.loads(oyez("posts", "pair", number, "--language", "cy", "--json").stdout)]
    assert (begun["id"], begun["language"]) == (english.pk, "cy")
    rows = {row["id"]: row["pair"] for row in listed("posts", "list")}
    assert rows == {english.pk: begun["pair"], begun["pair"]: english.pk}
    assert "goes by itself" in oyez("posts", "part", number).stdout
    assert "are paired" in oyez("posts", "pair", number, "--with", str(begun["pair"])).stdout
    assert "Say --with" in refused("posts", "pair", number)
    assert "another language" in refused("posts", "pair", number, "--with", number)


def test_half_a_letter_is_refused_in_one_sentence(asha: Person, ben: Person) -> None:
    post = str(handed_in(asha).pk)
    half = "a\udcffb"
    said = refused("reject", post, "--why", half, "--as", ben.email)
    assert said == "Error: Some letters of “why” cannot be read. Type it again in UTF-8."
    assert "“reason”" in refused("approve", post, "--reason", half, "--as", ben.email)
    assert "“to”" in refused("post", "Hello", "--to", half)
    assert queries.one(int(post)).state == Post.State.SUBMITTED

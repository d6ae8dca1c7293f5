"""A rule is tried on what was handed in, and on one text, before anybody decides on it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from oyez.channels.models import Channel
from oyez.decisions import actions, queries
from oyez.emergency import actions as emergency
from oyez.emergency.rules import PRE_ELECTION
from oyez.emergency.rules import Said as Period
from oyez.kit import clock
from oyez.ledger.actor import Refusal
from oyez.ledger.models import Event
from oyez.partners import actions as partners
from oyez.partners.rules.figures import Said as Figure
from oyez.policy import actions as policy
from oyez.policy import queries as house
from oyez.posts import actions as posts
from oyez.posts.draft import Draft
from oyez.posts.models import Post
from tests.factories import BY, a_channel
from tests.fakes.networks import Keyed
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)
SHOUT = "LOOK AGAIN PLEASE everybody"
WHO = {"kind": BY.kind, "id": BY.id, "name": BY.name}


def handed_in(text: str, *to: Channel) -> Post:
    draft = posts.start(Draft(text=text, to=tuple(one.pk for one in to)), by=BY)
    return actions.hand_in(draft, by=BY, confirmed=["AC-9", "SE-4"])


def test_a_dry_run_counts_what_a_level_would_have_held() -> None:
    here, there = a_channel(), a_channel(Keyed)
    loud = handed_in(SHOUT, here, there)
    handed_in("The bridge is open.", here)
    run_jobs()
    tried = queries.dry_run("ac-9", "hold")
    assert (tried.looked, tried.spoken, tried.held, tried.held_now) == (2, 1, 1, 0)
    assert {one.wording.variant.post for one in tried.caught} == {loud}
    assert {one.wording.channel for one in tried.caught} == {here, there}
    assert tried.caught[0].after[0].words == ("LOOK", "AGAIN", "PLEASE")


def test_a_dry_run_changes_nothing() -> None:
    handed_in(SHOUT, a_channel())
    run_jobs()
    before = Event.objects.count()
    queries.dry_run("AC-9", "block")
    queries.replay(Post.objects.get(), {"AC-9": "block"})
    assert Event.objects.count() == before
    assert house.levels() == {}


def test_switching_off_shows_what_would_have_gone() -> None:
    handed_in(SHOUT, a_channel())
    policy.change_level("AC-9", "hold", why="x", by=BY)
    tried = queries.dry_run("AC-9", "off")
    assert (tried.spoken, tried.held, tried.held_now) == (0, 0, 1)
    assert queries.dry_run("AC-9", "own").held == 0


def test_the_last_ones_are_looked_at_and_drafts_are_not() -> None:
    channel = a_channel()
    for number in range(3):
        handed_in(f"{SHOUT} {number}", channel)
    posts.start(Draft(text=SHOUT, to=(channel.pk,)), by=BY)
    tried = queries.dry_run("AC-9", "warn", last=2)
    assert tried.looked == 2
    newest = [one.wording.variant.post_id for one in tried.caught]
    assert newest == sorted(newest, reverse=True)


def test_an_empty_house_has_nothing_to_try_on() -> None:
    assert queries.dry_run("AC-9", "block").looked == 0


@pytest.mark.parametrize(
    ("check", "level", "words"),
    [
        ("EM-1", "hold", "only planned"),
        ("XX-9", "hold", "no such check"),
        ("AC-9", "loud", "no level"),
        ("SE-2", "hold", "cannot be tried on the past"),
    ],
)
def test_what_cannot_be_tried_is_said(check: str, level: str, words: str) -> None:
    with pytest.raises(Refusal, match=words):
        queries.dry_run(check, level)


def test_the_past_is_looked_at_in_its_own_period() -> None:
    channel, today = a_channel(), clock.now().date()
    handed_in("Jo Penrose opens the bridge", channel)
    partners.add_figure(Figure(name="Jo Penrose", kind="candidate"), by=BY)
    assert not queries.dry_run("EL-1", "block").caught
    said = Period(PRE_ELECTION, "Election", "", today, today + timedelta(days=9),
                  today + timedelta(days=9))  # fmt: skip
    emergency.open_period(said, by=BY)
    assert queries.dry_run("EL-1", "block").held == 1


def test_a_text_is_replayed_as_things_stand_and_with_the_changes() -> None:
    channel = a_channel()
    changes = {"AC-9": "block", "PR-1": "off"}
    text = f"{SHOUT}, ring 07700 900123"
    draft = Draft(text=text, to=(channel.pk,))
    played = queries.replay_text(draft, {channel: text}, changes, WHO)[channel]
    assert [(f.check, f.level.name) for f in played.before] == [("PR-1", "BLOCK"), ("AC-9", "WARN")]
    assert [(f.check, f.level.name) for f in played.after] == [("AC-9", "BLOCK")]


def test_a_message_is_replayed_in_the_words_of_each_channel() -> None:
    here, there = a_channel(), a_channel(Keyed)
    draft = Draft(text="All is well.", to=(here.pk, there.pk), own_words={there.pk: SHOUT})
    post = actions.hand_in(posts.start(draft, by=BY), by=BY, confirmed=["AC-9"])
    played = queries.replay(post, {"AC-9": "hold"})
    assert {c: [f.check for f in one.after] for c, one in played.items()} == {
        here: [],
        there: ["AC-9"],
    }


def test_a_draft_is_not_replayed_as_if_it_had_been_handed_in() -> None:
    draft = posts.start(Draft(text=SHOUT, to=(a_channel().pk,)), by=BY)
    with pytest.raises(Refusal, match="has not been handed in"):
        queries.replay(draft, {})


def test_a_message_with_its_pair_has_both_languages() -> None:
    channel = a_channel()
    policy.set_fact("languages", ["en", "cy"], by=BY)
    english = posts.start(Draft(text="The bridge is open.", to=(channel.pk,)), by=BY)
    welsh = posts.start(Draft(text="Mae’r bont ar agor.", to=(channel.pk,), language="cy"), by=BY)
    with pytest.raises(Refusal, match="Welsh version missing"):
        actions.hand_in(english, by=BY)
    posts.pair(english, welsh, by=BY)
    english.refresh_from_db()
    assert actions.hand_in(english, by=BY).state == "submitted"


def test_a_long_history_asks_the_database_once_and_not_for_each_message(
    django_assert_max_num_queries,
) -> None:
    channel = a_channel()
    for number in range(12):
        handed_in(f"{SHOUT} {number}", channel)
    with django_assert_max_num_queries(16):
        assert queries.dry_run("AC-9", "hold").held == 12

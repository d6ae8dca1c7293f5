"""What a check needs besides the words reaches it at the desk: it speaks; near-misses do not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from oyez.channels import actions as channels
from oyez.channels.models import Channel
from oyez.decisions import actions, queries
from oyez.decisions.models import Review
from oyez.decisions.rules import Asked, accounts_in
from oyez.emergency import actions as emergency
from oyez.emergency.rules import PRE_ELECTION
from oyez.emergency.rules import Said as Period
from oyez.feeds import actions as feeds
from oyez.feeds.models import Feed, Item
from oyez.kit import clock
from oyez.ledger.actor import Actor
from oyez.partners import actions as partners
from oyez.partners.rules.figures import Said as Figure
from oyez.partners.rules.partners import Said as Partner
from oyez.people import actions as people
from oyez.people.rules import APPROVER, OFFICER, WRITER
from oyez.policy import actions as policy
from oyez.posts import actions as posts
from oyez.posts import queries as post_queries
from oyez.posts.draft import Draft
from oyez.posts.models import Post
from tests.decisions.conftest import SomeBody
from tests.factories import BY, a_channel, a_feed, a_request, an_item
from tests.fakes.networks import Log
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = clock.now().date()


@pytest.fixture
def channel() -> Channel:
    return a_channel()


def says(draft: Draft, by: Actor, post: Post | None = None) -> Collection[str]:
    """What is said of it when it is about to be handed in."""
    who = {"kind": by.kind, "id": str(by.id), "name": by.name}
    looked = queries.look_at_draft(draft, who, post)
    return {f"{one.check} {one.level.name}" for found in looked.values() for one in found}


def found_in(post: Post) -> dict[str, str]:
    """What stands on the page of whoever decides."""
    review = queries.review_of(post)
    assert review
    return {one.check_id: one.message for one in queries.findings(review)}


def an_election(begins: date = TODAY, days: int = 30) -> None:
    polling = begins + timedelta(days=days)
    emergency.open_period(Period(PRE_ELECTION, "Election", "", begins, polling, polling), by=BY)


# The registers are those of the day on which a message goes out.


def test_a_candidate_of_next_month_counts_for_next_months_message(
    channel: Channel, someone: SomeBody
) -> None:
    an_election(days=60)
    soon = TODAY + timedelta(days=20)
    partners.add_figure(Figure("Jo Penrose", "candidate", from_on=soon), by=BY)
    asha, text = someone("Asha"), "Jo Penrose opens the bridge"
    later = Draft(text, (channel.pk,), wall=f"{soon}T12:00", zone="Europe/London")
    assert "EL-1 BLOCK" in says(later, asha)
    assert "EL-1 BLOCK" not in says(later.without_time(), asha)


def test_a_topic_that_is_over_by_then_holds_nothing(channel: Channel, someone: SomeBody) -> None:
    an_election(days=60)
    partners.add_topic("Incinerator", until=TODAY + timedelta(days=5), by=BY)
    asha, soon = someone("Asha"), TODAY + timedelta(days=6)
    now = Draft("The incinerator is closed.", (channel.pk,))
    assert "EL-4 HOLD" in says(now, asha)
    later = Draft(now.text, now.to, wall=f"{soon}T12:00", zone="Europe/London")
    assert "EL-4 HOLD" not in says(later, asha)


def test_the_past_is_tried_by_the_day_it_went_out(channel: Channel) -> None:
    soon = TODAY + timedelta(days=20)
    for day in (soon, soon - timedelta(days=2)):
        wall = f"{day}T12:00"
        draft = Draft(f"Jo Penrose on {wall}", (channel.pk,), wall=wall, zone="Europe/London")
        actions.hand_in(posts.start(draft, by=BY), by=BY)
    an_election(days=60)
    partners.add_figure(Figure("Jo Penrose", "candidate", from_on=soon), by=BY)
    assert queries.dry_run("EL-1", "block").held == 1


# SE-3: exactly the approved words.


def approved(by: Actor, channel: Channel, approver: Actor) -> Post:
    """By a writer, and Ben has said yes; it waits for its time."""
    draft = Draft("The bridge is open.", (channel.pk,), wall="2028-01-10T09:00", zone="UTC")
    post = actions.hand_in(posts.start(draft, by=by), by=by)
    review = queries.review_of(post)
    assert review
    actions.vote_yes(review, digest=review.digest, by=approver)
    return post_queries.one(post.pk)


def changed(post: Post, text: str, by: Actor) -> Post:
    taken = posts.take_back(post, by=by)
    return posts.save(taken, taken.draft.saying(text), based_on=taken.version, by=by)


def test_words_edited_after_a_yes_say_whose_yes_it_was(channel: Channel, someone: SomeBody) -> None:
    wyn, ben = someone("Wyn", WRITER), someone("Ben", APPROVER)
    post = changed(approved(wyn, channel, ben), "The bridge is shut.", wyn)
    again = actions.hand_in(post, by=wyn)
    assert found_in(again)["SE-3"].startswith("Edited after Ben approved it at ")


def test_the_same_words_at_another_time_are_called_moved_and_not_edited(
    log: Log, channel: Channel, someone: SomeBody
) -> None:
    wyn, ben = someone("Wyn", WRITER), someone("Ben", APPROVER)
    post = posts.take_back(approved(wyn, channel, ben), by=wyn)
    later = replace(post.draft, wall="2028-01-11T09:00")
    post = posts.save(post, later, based_on=post.version, by=wyn)
    again = actions.hand_in(post, by=wyn)
    assert found_in(again)["SE-3"].startswith("Moved to another time after Ben approved it at ")
    both = replace(later, text="The bridge is shut.")
    assert "SE-3 HOLD" in says(both, someone("Asha"), again)


def test_words_that_nobody_would_be_asked_about_again_are_held(
    log: Log, channel: Channel, someone: SomeBody
) -> None:
    """The writer’s words had a yes; a publisher edits them, and could send them alone."""
    wyn, ben, asha = someone("Wyn", WRITER), someone("Ben", APPROVER), someone("Asha", OFFICER)
    post = changed(approved(wyn, channel, ben), "The bridge is shut.", asha)
    assert "SE-3 HOLD" in says(post.draft, asha, post)
    again = actions.hand_in(post, by=asha)
    run_jobs()
    assert not queries.approved_wordings(again).exists()
    review = queries.review_of(again)
    assert review
    assert review.asked == [Asked(role=APPROVER, because=("SE-3",))]
    actions.vote_yes(review, digest=review.digest, by=ben)
    assert queries.approved_wordings(again).exists()


def test_the_same_words_once_more_are_not_edited(channel: Channel, someone: SomeBody) -> None:
    wyn, ben, asha = someone("Wyn", WRITER), someone("Ben", APPROVER), someone("Asha")
    post = posts.take_back(approved(wyn, channel, ben), by=wyn)
    assert not says(post.draft, asha, post)
    assert "SE-3 HOLD" in says(post.draft.saying("Not yet saved."), asha, post)


def test_words_that_had_no_yes_yet_are_edited_freely(channel: Channel, someone: SomeBody) -> None:
    wyn = someone("Wyn", WRITER)
    draft = Draft("The bridge is open.", (channel.pk,))
    post = actions.hand_in(posts.start(draft, by=wyn), by=wyn)
    again = changed(post, "The bridge is shut.", wyn)
    assert not says(again.draft, wyn, again)
    assert Review.objects.get().state != "approved"


# CO-3 and CO-2: how a feed, and its item, behave.


def a_suggestion(channel: Channel) -> Post:
    feed = a_feed(to=[channel], settle=timedelta(minutes=10))
    feeds.set_trust(feed, Feed.Trust.SUGGEST, by=BY)
    an_item(feed)
    run_jobs()
    an_hour_ago = clock.now() - timedelta(hours=1)
    Item.objects.update(arrived_at=an_hour_ago, released_at=an_hour_ago)
    return post_queries.one(Post.objects.get().pk)


def test_an_item_that_changed_since_it_was_drafted_is_compared_first(
    channel: Channel, someone: SomeBody
) -> None:
    asha, post = someone("Asha"), a_suggestion(channel)
    assert not says(post.draft, asha, post)
    Item.objects.update(changed_at=clock.now())
    post = post_queries.one(post.pk)
    with pytest.raises(actions.Stopped, match="Its author changed it since this was drafted"):
        actions.hand_in(post, by=asha)
    assert says(post.draft, asha, post) == {"CO-3 WARN", "CO-3 INFO"}
    actions.hand_in(post, by=asha, confirmed=["CO-3"])


def test_an_item_settles_again_when_its_author_mends_it(
    channel: Channel, someone: SomeBody
) -> None:
    asha, post = someone("Asha"), a_suggestion(channel)
    Item.objects.update(changed_at=clock.now() - timedelta(minutes=11))
    assert says(post.draft, asha, post_queries.one(post.pk)) == {"CO-3 WARN"}


def test_an_edit_before_it_went_on_is_no_change(channel: Channel, someone: SomeBody) -> None:
    asha, post = someone("Asha"), a_suggestion(channel)
    Item.objects.update(changed_at=clock.now() - timedelta(minutes=30))
    Item.objects.update(released_at=clock.now() - timedelta(minutes=20))
    assert not says(post.draft, asha, post_queries.one(post.pk))


def test_a_flood_is_told_of_where_its_items_are_decided(channel: Channel) -> None:
    feed = a_feed(to=[channel], flood_cap=0)
    feeds.set_trust(feed, Feed.Trust.APPROVE, by=BY)
    for number in range(4):
        an_item(feed, title=f"Road {number}", url=f"https://council.example/{number}")
    run_jobs()
    said = [found_in(post).get("CO-2", "") for post in Post.objects.all()]
    assert len(said) == 4
    assert all("had 4 items in an hour" in one for one in said)


def test_three_in_an_hour_are_no_flood(channel: Channel) -> None:
    feed = a_feed(to=[channel], flood_cap=0)
    feeds.set_trust(feed, Feed.Trust.APPROVE, by=BY)
    for number in range(3):
        an_item(feed, title=f"Road {number}", url=f"https://council.example/{number}")
    run_jobs()
    assert not any("CO-2" in found_in(post) for post in Post.objects.all())


# EL-3: whose words are passed on.


def boosting(channel: Channel, **fields: str) -> Draft:
    usual = {"kind": "boost", "partner_name": "Moorland District", "what": ""}
    partners.add_partner(Partner("Moorland District", "council"), by=BY)
    request = a_request(**{**usual, **fields})
    return Draft("Worth reading.", (channel.pk,), request=request.pk)


def test_a_politicians_message_is_not_boosted_before_an_election(
    channel: Channel, someone: SomeBody
) -> None:
    partners.add_figure(Figure("Jo Penrose", "candidate", handles=("@jopenrose",)), by=BY)
    draft = boosting(channel, boost_url="https://social.example/@jopenrose/1")
    asha = someone("Asha")
    assert "EL-3 BLOCK" not in says(draft, asha)
    an_election()
    with pytest.raises(actions.Stopped, match="Do not share content of Jo Penrose"):
        actions.hand_in(posts.start(draft, by=asha), by=asha)


def test_a_partners_own_message_is_boosted_all_the_same(
    channel: Channel, someone: SomeBody
) -> None:
    partners.add_figure(Figure("Jo Penrose", "candidate", handles=("@jopenrose",)), by=BY)
    draft = boosting(channel, boost_url="https://social.example/@moorland/1")
    an_election()
    assert "EL-3 BLOCK" not in says(draft, someone("Asha"))


@pytest.mark.parametrize(("third_party", "held"), [(True, True), (False, False)])
def test_a_partys_feed_is_not_passed_on_before_an_election(
    channel: Channel, third_party: bool, held: bool
) -> None:
    partners.add_figure(Figure("Tamar First", "party"), by=BY)
    an_election()
    feed = a_feed(to=[channel], name="Tamar First news", third_party=third_party)
    feeds.set_trust(feed, Feed.Trust.APPROVE, by=BY)
    an_item(feed)
    run_jobs()
    assert ("EL-3" in found_in(Post.objects.get())) is held
    if held:
        assert queries.dry_run("EL-3", "block").held_now == 1


# EL-7: what comes from somebody else's feed.


def test_a_feed_of_others_asks_the_monitoring_officer_in_the_period(
    log: Log, channel: Channel
) -> None:
    """Although it may post by itself, and its words are harmless."""
    feed = a_feed(to=[channel])
    feeds.say_whose(feed, third_party=True, by=BY)
    an_election()
    an_item(feed)
    run_jobs()
    assert log.texts == []
    assert "EL-7" in found_in(Post.objects.get())


def test_our_own_feed_goes_on_in_the_period(log: Log, channel: Channel) -> None:
    feed = a_feed(to=[channel], third_party=True)
    feeds.say_whose(feed, third_party=False, by=BY)
    an_election()
    an_item(feed)
    run_jobs()
    assert len(log.texts) == 1


def test_an_item_of_others_that_a_person_took_up_is_theirs(
    channel: Channel, someone: SomeBody
) -> None:
    feed = a_feed(to=[channel], third_party=True)
    feeds.set_trust(feed, Feed.Trust.SUGGEST, by=BY)
    an_election()
    an_item(feed)
    run_jobs()
    Item.objects.update(arrived_at=clock.now() - timedelta(hours=1))
    post = post_queries.one(Post.objects.get().pk)
    assert not says(post.draft, someone("Asha"), post)


# SE-1: whose training lasts. SE-5: who was somebody else a moment ago.


def test_whose_certificate_has_ended_hands_nothing_in(channel: Channel, someone: SomeBody) -> None:
    asha, draft = someone("Asha"), Draft("The bridge is open.", (channel.pk,))
    people.certify(asha, clock.now().date() - timedelta(days=2), by=BY)
    with pytest.raises(actions.Stopped, match="The training certificate of Asha ended on"):
        actions.say(draft, by=asha)
    people.certify(asha, clock.now().date() + timedelta(days=1), by=BY)
    assert actions.say(draft, by=asha).state == "submitted"


def a_profile() -> Channel:
    return channels.describe(a_channel(name="Chief"), tone="", area="", personal=True, by=BY)


def test_whoever_just_spoke_on_a_profile_out_of_hours_is_told_where_they_are(
    channel: Channel, someone: SomeBody
) -> None:
    policy.set_fact("hours", ["never"], by=BY)
    asha, draft = someone("Asha"), Draft("The bridge is open.", (channel.pk,))
    actions.say(Draft("I am glad about it.", (a_profile().pk,)), by=asha)
    with pytest.raises(actions.Stopped, match="You are about to speak as Findable, out of hours"):
        actions.say(draft, by=asha)
    assert "SE-5 WARN" not in says(draft, someone("Ben"))
    policy.set_fact("hours", ["mon-sun 00:00-23:59"], by=BY)
    assert "SE-5 WARN" not in says(draft, asha)


def test_a_message_in_between_brings_them_back(channel: Channel, someone: SomeBody) -> None:
    policy.set_fact("hours", ["never"], by=BY)
    asha, draft = someone("Asha"), Draft("The bridge is open.", (channel.pk,))
    actions.say(Draft("Hello.", (a_profile().pk,)), by=asha)
    actions.say(draft, by=asha, confirmed=["SE-5"])
    assert "SE-5 WARN" not in says(draft.saying("The bridge is shut."), asha)


def test_the_first_person_is_at_home_on_a_profile_and_nowhere_else(
    channel: Channel, someone: SomeBody
) -> None:
    asha, text = someone("Asha"), "I am glad about it."
    assert "SE-5 WARN" not in says(Draft(text, (a_profile().pk,)), asha)
    assert "SE-5 WARN" in says(Draft(text, (channel.pk,)), asha)


@pytest.mark.parametrize(
    ("address", "accounts"),
    [
        ("https://social.example/@jo/1", ["social.example", "@jo", "@jo@social.example"]),
        ("https://x.example/@jo@far.example", ["x.example", "@jo@far.example"]),
        ("https://www.sky.example/profile/jo.example/post/2", ["sky.example", "jo.example"]),
        ("https://council.example/green/news", ["council.example"]),
        ("", []),
    ],
)
def test_accounts_are_read_from_an_address(address: str, accounts: list[str]) -> None:
    assert accounts_in(address) == accounts


def test_a_look_asks_the_database_as_often_for_many_channels_as_for_one(
    django_assert_num_queries: Any, someone: SomeBody
) -> None:
    wyn, ben = someone("Wyn", WRITER), someone("Ben", APPROVER)
    here = a_channel()
    post = changed(approved(wyn, here, ben), "The bridge is shut.", wyn)
    who = {"kind": wyn.kind, "id": str(wyn.pk), "name": wyn.name}
    several = Draft(post.draft.text, (here.pk, *(a_channel(name=n).pk for n in ("B", "C", "D"))))
    for draft in (post.draft, several):
        with django_assert_num_queries(17):
            queries.look_at_draft(draft, who, post)

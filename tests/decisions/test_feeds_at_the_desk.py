"""What becomes of feed items that somebody wants to see first."""

from __future__ import annotations

from datetime import timedelta

import pytest

from oyez.channels.models import Channel
from oyez.decisions import actions, queries
from oyez.decisions.rules import Asked
from oyez.deliveries import queries as deliveries
from oyez.deliveries.queries import Fate
from oyez.feeds import actions as feeds
from oyez.feeds.models import Feed, Item
from oyez.ledger.actor import Refusal
from oyez.people.models import Person
from oyez.people.rules import APPROVER
from oyez.posts import actions as posts
from oyez.posts.models import Post
from tests.decisions.conftest import SomeBody
from tests.factories import BY, a_channel, a_feed, an_item
from tests.fakes.networks import Log
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


def a_trusted_feed(trust: str) -> Feed:
    feed = a_feed(to=[a_channel()])
    feeds.set_trust(feed, trust, by=BY)
    an_item(feed)
    run_jobs()
    return feed


def fate() -> Fate:
    (found,) = deliveries.fate(Item.objects.all()).values()
    return found


def test_suggest_makes_a_draft_and_sends_nothing(log: Log, someone: SomeBody) -> None:
    a_trusted_feed(Feed.Trust.SUGGEST)
    post = Post.objects.get()
    assert post.is_draft
    assert "Road closed" in post.draft.text
    assert log.texts == []
    assert fate() == Fate("draft", "It is a draft: somebody must hand it in.", post.pk)
    actions.hand_in(post, by=someone("Asha"))
    run_jobs()
    assert len(log.texts) == 1


def test_approve_asks_before_each(log: Log, someone: SomeBody) -> None:
    a_trusted_feed(Feed.Trust.APPROVE)
    assert log.texts == []
    (review,) = queries.open_reviews()
    assert fate() == Fate("asked", "It waits for somebody’s yes.", review.post_id)
    actions.vote_yes(review, digest=review.digest, by=someone("Ben"))
    run_jobs()
    assert len(log.texts) == 1
    assert fate().outcome == "posted"


def test_what_was_thrown_away_is_not_on_its_way(log: Log, someone: SomeBody) -> None:
    a_trusted_feed(Feed.Trust.SUGGEST)
    posts.discard(Post.objects.get(), by=someone("Asha"))
    assert fate().outcome == "discarded"


def test_a_second_person_confirms_a_standing_decision(log: Log, someone: SomeBody) -> None:
    asha, ben = someone("Asha"), someone("Ben")
    channel = a_channel()
    actions.set_steps(channel, [Asked(role=APPROVER)], by=BY)
    feed = feeds.set_trust(a_feed(to=[channel]), Feed.Trust.AUTOMATIC, by=asha)
    with pytest.raises(Refusal, match="somebody else must confirm"):
        feeds.confirm_trust(feed, by=asha)
    feeds.confirm_trust(feed, by=ben)
    an_item(feed)
    run_jobs()
    assert len(log.texts) == 1


def test_a_confirmation_ends_with_the_decision_it_confirmed(someone: SomeBody) -> None:
    feed = feeds.set_trust(a_feed(to=[a_channel()]), Feed.Trust.AUTOMATIC, by=someone("Asha"))
    feeds.confirm_trust(feed, by=someone("Ben"))
    feed = feeds.set_trust(feed, Feed.Trust.AUTOMATIC, by=someone("Cai"))
    assert not Feed.objects.get().confirmed_by


@pytest.mark.parametrize("trust", [Feed.Trust.APPROVE, Feed.Trust.AUTOMATIC])
def test_whoever_set_the_rule_is_no_second_person(
    log: Log, someone: SomeBody, trust: Feed.Trust
) -> None:
    asha, ben = someone("Asha"), someone("Ben")
    channel = a_channel()
    actions.set_steps(channel, [Asked(role=APPROVER)], by=BY)
    an_item(feeds.set_trust(a_feed(to=[channel]), trust, by=asha))
    run_jobs()
    (review,) = queries.open_reviews()
    assert queries.waiting_for(asha) == []
    with pytest.raises(Refusal, match="You set the rule of this feed"):
        actions.vote_yes(review, digest=review.digest, by=asha)
    assert queries.waiting_for(ben) == [review]
    actions.vote_yes(review, digest=review.digest, by=ben)
    run_jobs()
    assert len(log.texts) == 1


def test_where_no_channel_asks_whoever_set_the_rule_is_asked(log: Log, someone: SomeBody) -> None:
    asha = someone("Asha")
    an_item(feeds.set_trust(a_feed(to=[a_channel()]), Feed.Trust.APPROVE, by=asha))
    run_jobs()
    (review,) = queries.waiting_for(asha)
    actions.vote_yes(review, digest=review.digest, by=asha)
    run_jobs()
    assert len(log.texts) == 1


def test_whoever_wrote_its_words_is_no_second_person_either(log: Log, someone: SomeBody) -> None:
    asha, ben, cai = someone("Asha"), someone("Ben"), someone("Cai")
    channel = a_channel()
    actions.set_steps(channel, [Asked(role=APPROVER)], by=BY)
    feed = feeds.set_trust(a_feed(to=[channel]), Feed.Trust.APPROVE, by=asha)
    feed = change(feed, "Vote for Ben. {title} {link}", channel, by=ben)
    feed = change(feed, "Vote for Ben. {title} {link}", channel, by=cai)  # changes no word
    an_item(feed)
    run_jobs()
    (review,) = queries.open_reviews()
    assert queries.waiting_for(ben) == []
    with pytest.raises(Refusal, match="You set the rule of this feed"):
        actions.vote_yes(review, digest=review.digest, by=ben)
    assert queries.waiting_for(cai) == [review]


def test_a_decision_on_a_feed_is_on_the_rule_that_was_read(someone: SomeBody) -> None:
    asha, ben = someone("Asha"), someone("Ben")
    channel = a_channel()
    feed = feeds.set_trust(a_feed(to=[channel]), Feed.Trust.AUTOMATIC, by=asha)
    read = feed.rule_digest
    change(feed, "Unread words! {title} {link}", channel, by=asha)
    with pytest.raises(Refusal, match="Read it again, then decide"):
        feeds.set_trust(Feed.objects.get(), Feed.Trust.AUTOMATIC, read=read, by=asha)
    feeds.set_trust(Feed.objects.get(), Feed.Trust.AUTOMATIC, by=asha)
    with pytest.raises(Refusal, match="Read it again, then decide"):
        feeds.confirm_trust(Feed.objects.get(), read=read, by=ben)
    assert not Feed.objects.get().confirmed_by


def change(feed: Feed, template: str, channel: Channel, *, by: Person) -> Feed:
    return feeds.change(
        feed,
        by=by,
        to=[channel],
        template=template,
        templates={},
        keep_words=[],
        block_words=[],
        settle=timedelta(0),
        flood_cap=10,
        third_party=False,
    )

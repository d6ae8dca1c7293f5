"""The main job: new items reach channels, each once, and every item says what became of it."""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from oyez.channels import actions as channels
from oyez.cli.feeds import feeds
from oyez.decisions import actions as decisions
from oyez.deliveries import queries as deliveries
from oyez.deliveries.models import Delivery
from oyez.feeds import actions, queries, rules
from oyez.feeds.actions.polling import NO_NEWS
from oyez.feeds.models import Feed, Item
from oyez.kit import clock
from oyez.ledger.actor import Refusal
from oyez.ledger.models import Event
from oyez.networks.contract import Refused
from oyez.people.rules import job
from oyez.posts import actions as posts
from oyez.posts import queries as post_queries
from oyez.posts.models import Post
from tests.cli.test_verbs import oyez
from tests.factories import BY, a_channel, a_feed, an_item
from tests.fakes.networks import Findable, Keyed, Log, raises
from tests.feeds.source import Source
from tests.jobs import run_jobs
from tests.loopback import until

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = timedelta(0)


def add(source: Source, log: Log, **rule: object) -> Feed:
    rule = {"to": [a_channel()], "trust": "automatic", "settle": AT_ONCE} | rule
    return actions.add(source.url, by=BY, **rule)  # type: ignore[arg-type]


def poll(feed: Feed) -> None:
    actions.poll([Feed.objects.get(pk=feed.pk)], by=BY)
    run_jobs()


def outcomes(feed: Feed) -> Counter[str]:
    return Counter(fate.outcome for fate in deliveries.fate(queries.items(feed)).values())


def reason(title: str) -> str:
    item = Item.objects.get(title=title)
    return deliveries.fate([item])[item.pk].why


def test_thirty_old_items_are_seeded_and_three_new_ones_arrive_once_each(
    source: Source, log: Log
) -> None:
    feed = add(source, log, to=[a_channel(), a_channel(Keyed)])
    run_jobs()
    assert (log.shown, outcomes(feed)) == ([], Counter(seeded=30))
    source.publish("One", "Two", "Three")
    poll(feed)
    poll(feed)
    news = [(31, "One"), (32, "Two"), (33, "Three")]
    once = [f"{title} https://council.example/news/guid-{n}" for n, title in news]
    assert sorted(log.texts) == sorted(once + once)  # two channels
    assert outcomes(feed) == Counter(seeded=30, posted=3)


def test_the_oldest_news_goes_out_first(source: Source, log: Log) -> None:
    feed = add(source, log)
    source.publish("First", "Second", "Third")
    poll(feed)
    assert [text.split()[0] for text in log.texts] == ["First", "Second", "Third"]


def test_everything_lands_on_our_own_page_in_full(source: Source, log: Log) -> None:
    channels.open_our_own(by=BY)
    feed = add(source, log)
    source.publish("One")
    poll(feed)
    (page,) = deliveries.published()
    assert page.wording.text == "One\n\nAbout One.\n\nhttps://council.example/news/guid-31"


def test_a_backlog_is_posted_when_asked_for(source: Source, log: Log) -> None:
    feed = add(source, log, backlog=2)
    run_jobs()
    assert [text.split(" https")[0] for text in log.texts] == ["Old notice 28", "Old notice 29"]
    assert outcomes(feed) == Counter(seeded=28, posted=2)


def test_a_watched_feed_posts_nothing_and_says_so(source: Source, log: Log) -> None:
    feed = add(source, log, trust="watch")
    source.publish("One")
    poll(feed)
    assert (log.shown, reason("One")) == ([], "The feed is only watched.")
    assert outcomes(feed) == Counter(seeded=30, watched=1)


def test_an_item_settles_and_goes_out_in_its_author_s_last_words(source: Source, log: Log) -> None:
    feed = add(source, log, settle=timedelta(minutes=10))
    source.publish("Raod closed")
    poll(feed)
    source.items["guid-31"] = "Road closed"
    poll(feed)
    assert log.texts == []
    Item.objects.filter(state="settling").update(ready_at=clock.now())
    run_jobs()
    assert [text.split(" https")[0] for text in log.texts] == ["Road closed"]


def test_an_update_after_posting_is_noted_and_not_posted_again(source: Source, log: Log) -> None:
    feed = add(source, log)
    source.publish("Road closed")
    poll(feed)
    source.items["guid-31"] = "Road open"
    poll(feed)
    assert len(log.texts) == 1
    assert Item.objects.get(guid="guid-31").changed_at is not None


def test_an_item_that_its_author_takes_away_in_time_is_left_out(source: Source, log: Log) -> None:
    feed = add(source, log, settle=timedelta(minutes=10))
    source.publish("Mistake", "Something else")
    poll(feed)
    del source.items["guid-31"]
    poll(feed)
    Item.objects.filter(state="settling").update(ready_at=clock.now())
    run_jobs()
    assert [text.split(" https")[0] for text in log.texts] == ["Something else"]
    assert "took it away" in reason("Mistake")


def test_a_flood_trickles_and_loses_nothing(source: Source, log: Log) -> None:
    feed = add(source, log, flood_cap=3)
    source.publish(*(f"School {n} closed" for n in range(7)))
    poll(feed)
    assert len(log.texts) == 3
    assert "at most 3 in 15 minutes" in reason("School 6 closed")
    for _ in range(2):
        Item.objects.filter(released_at__isnull=False).update(
            released_at=clock.now() - timedelta(hours=1)
        )
        Item.objects.filter(state="settling").update(ready_at=clock.now())
        run_jobs()
    assert len(log.texts) == 7
    assert outcomes(feed) == Counter(seeded=30, posted=7)


def news(number: int) -> list[str]:
    return [f"Spam {n}" for n in range(number)]


def test_what_nobody_could_look_at_pauses_the_feed_and_none_of_it_goes_out(
    source: Source, log: Log
) -> None:
    """Somebody else may have it by now; or it gives every entry a new name each time."""
    feed = add(source, log, flood_cap=0)
    source.publish(*news(rules.MOST_WAITING + 1))
    poll(feed)
    feed.refresh_from_db()
    assert (log.texts, feed.state, feed.next_poll_at) == ([], "paused", None)
    assert "brought 201 new items at once" in feed.problem
    assert "not passed on" in reason("Spam 7")
    assert Event.objects.filter(kind="feeds.flooded", on_id=str(feed.pk)).count() == 1
    assert not Event.objects.filter(kind="feeds.item_skipped").exists()


@pytest.mark.parametrize("trust", ["automatic", "suggest"])
def test_a_feed_that_floods_slowly_is_noticed_too(source: Source, log: Log, trust: str) -> None:
    feed = add(source, log, trust=trust)
    for _ in range(4):
        source.publish(*news(60))
        poll(feed)
    feed.refresh_from_db()
    assert feed.state == "paused"
    assert "brought 60 new items at once, with 177 waiting already" in feed.problem
    assert Post.objects.filter(item__feed=feed).count() == 3


def test_after_a_flood_the_feed_goes_on_with_what_comes_then(source: Source, log: Log) -> None:
    feed = add(source, log)
    source.publish(*news(300))
    poll(feed)
    actions.resume(Feed.objects.get(pk=feed.pk), by=BY)
    source.publish("The bridge is open")
    poll(feed)
    assert [text.partition(" https")[0] for text in log.texts] == ["The bridge is open"]
    assert Feed.objects.get(pk=feed.pk).problem == ""


def test_as_much_as_may_wait_is_no_flood(source: Source, log: Log) -> None:
    feed = add(source, log)
    source.publish(*news(rules.MOST_WAITING))
    poll(feed)
    assert Feed.objects.get(pk=feed.pk).state == "active"
    assert len(log.texts) == 3


def test_blocked_words_leave_an_item_out_with_the_reason(source: Source, log: Log) -> None:
    feed = add(source, log, block_words=["job"])
    source.publish("Job: planner", "Road closed")
    poll(feed)
    assert len(log.texts) == 1
    assert reason("Job: planner") == "It has the blocked word “job”."
    assert outcomes(feed) == Counter(seeded=30, posted=1, skipped=1)


def test_the_same_link_to_the_same_channel_is_merged_for_a_day(source: Source, log: Log) -> None:
    source.link = "https://council.example/one-page"
    feed = add(source, log)
    source.publish("First words", "Other words")
    poll(feed)
    assert len(log.texts) == 1
    assert "Merged" in reason("Other words")
    assert outcomes(feed) == Counter(seeded=30, posted=1, merged=1)


def test_one_page_under_two_addresses_is_merged(source: Source, log: Log) -> None:
    feed = add(source, log)
    for scheme, tags in [("https", "?a=1"), ("http", "?utm_source=news&a=1"), ("https", "?a=2")]:
        source.link = f"{scheme}://council.example/page{tags}"
        source.publish(f"Page {tags}")
        poll(feed)
    assert outcomes(feed) == Counter(seeded=30, posted=2, merged=1)
    assert "Merged" in reason("Page ?utm_source=news&a=1")


def test_one_place_in_a_page_is_merged_and_another_is_not(source: Source, log: Log) -> None:
    feed = add(source, log)
    for place in ("?utm_source=news#today", "#today", "#tomorrow"):
        source.link = f"https://council.example/status{place}"
        source.publish(f"Status {place}")
        poll(feed)
    assert outcomes(feed) == Counter(seeded=30, posted=2, merged=1)
    assert "Merged" in reason("Status #today")


def test_a_long_item_is_shortened_and_its_link_stays_whole(source: Source, log: Log) -> None:
    feed = add(source, log)
    source.publish("Very long words " * 60)
    poll(feed)
    (text,) = log.texts
    assert len(text) <= 500
    assert text.endswith(" https://council.example/news/guid-31")


def test_a_link_that_cannot_fit_is_said_and_never_cut(source: Source, log: Log) -> None:
    source.link = "https://council.example/" + "x" * 600 + "{}"
    feed = add(source, log)
    source.publish("One")
    poll(feed)
    assert (log.texts, outcomes(feed)["skipped"]) == ([], 1)
    assert "link is too long" in reason("One")


def test_unchanged_costs_one_304(source: Source, log: Log) -> None:
    feed = add(source, log)
    poll(feed)
    poll(feed)
    assert source.seen == [200, 304, 304]


def test_a_feed_that_moves_every_guid_keeps_its_items_apart(source: Source, log: Log) -> None:
    feed = add(source, log)
    body = source.body().replace(b"guid-29<", b"guid-30<")  # one guid, two urls
    source.answers.append((200, {}, body))
    poll(feed)
    poll(feed)
    assert log.texts == []


def test_editing_the_rule_takes_the_standing_decision_away(source: Source, log: Log) -> None:
    feed = add(source, log)
    (target,) = feed.targets.all()
    actions.change(
        feed, by=BY, to=[target.channel], template="News: {title} {link}", templates={},
        keep_words=[], block_words=[], settle=AT_ONCE, flood_cap=3, third_party=False,
    )  # fmt: skip
    source.publish("One")
    poll(feed)
    assert (log.texts, Feed.objects.get().trust) == ([], "watch")
    actions.set_trust(feed, "automatic", by=BY)
    source.publish("Two")
    poll(feed)
    assert log.texts == ["News: Two https://council.example/news/guid-32"]


def test_a_paused_feed_lets_nothing_out_and_goes_on_later(source: Source, log: Log) -> None:
    feed = add(source, log, settle=timedelta(minutes=10))
    source.publish("One")
    poll(feed)
    actions.pause(feed, by=BY)
    Item.objects.filter(state="settling").update(ready_at=clock.now())
    run_jobs()
    assert log.texts == []
    actions.resume(feed, by=BY)
    run_jobs()
    assert len(log.texts) == 1


def test_the_same_address_is_added_once(source: Source, log: Log) -> None:
    add(source, log)
    with pytest.raises(Refusal, match="already here"):
        actions.add(source.url, to=[], by=BY)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ((404, {}, b""), "nothing at this address"),
        ((403, {}, b""), "does not let us"),
        ((500, {}, b""), "answered with an error"),
        ((410, {}, b""), "for good"),
        (
            (200, {"Content-Type": "text/html"}, b"<!doctype html><html></html>"),
            "web page, not a feed",
        ),
        ((200, {}, b""), "empty"),
    ],
)
def test_an_address_that_gives_no_feed_is_not_added(
    source: Source, log: Log, answer: tuple[int, dict[str, str], bytes], words: str
) -> None:
    source.answers.append(answer)
    with pytest.raises(Refusal, match=words):
        add(source, log)
    assert not Feed.objects.exists()


def test_a_private_address_is_refused_in_words(log: Log) -> None:
    with pytest.raises(Refusal, match="127.0.0.1"):
        actions.add("http://127.0.0.1:9/feed", to=[], by=BY)


def test_a_failing_feed_backs_off_says_why_and_recovers(source: Source, log: Log) -> None:
    feed = add(source, log)
    source.answers += [(500, {}, b"")] * 2
    poll(feed)
    poll(feed)
    feed.refresh_from_db()
    assert (feed.failures, "error (500)" in feed.problem) == (2, True)
    assert feed.next_poll_at
    assert feed.next_poll_at > clock.now() + 3 * feed.every
    poll(feed)
    feed.refresh_from_db()
    assert (feed.failures, feed.problem) == (0, "")


def test_gone_for_good_ends_the_feed(source: Source, log: Log) -> None:
    feed = add(source, log)
    source.answers.append((410, {}, b""))
    poll(feed)
    feed.refresh_from_db()
    assert (feed.state, feed.next_poll_at) == ("ended", None)


def test_retry_after_is_respected(source: Source, log: Log) -> None:
    feed = add(source, log)
    source.answers.append((429, {"Retry-After": "3600"}, b""))
    poll(feed)
    feed.refresh_from_db()
    assert feed.next_poll_at
    assert feed.next_poll_at > clock.now() + timedelta(minutes=59)


def test_two_workers_never_poll_the_same_feed_at_once(source: Source, log: Log) -> None:
    add(source, log)
    Feed.objects.update(next_poll_at=clock.now())
    assert actions.poll_due(by=BY) == 1
    assert actions.poll_due(by=BY) == 0


def test_a_poll_asks_the_database_no_more_for_a_long_feed_than_for_a_short_one(
    source: Source, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    feed = actions.add(source.url, to=[], by=BY)
    source.publish("One", "Two", "Three")
    with django_assert_max_num_queries(11):
        actions.poll([feed], by=BY)
    assert feed.items.count() == 33


def test_what_newer_items_push_out_is_not_taken_for_removed(source: Source, log: Log) -> None:
    feed = add(source, log, settle=timedelta(minutes=10), flood_cap=0)
    for n in range(1, 30):
        del source.items[f"guid-{n}"]  # one old entry stays pinned
    source.publish("Alert A")
    poll(feed)
    source.publish(*(f"Alert {letter}" for letter in "BCDEFGHIJ"))
    del source.items["guid-31"]  # "Alert A" is pushed out of the window
    poll(feed)
    Item.objects.filter(state="settling").update(ready_at=clock.now())
    run_jobs()
    assert "Alert A" in [text.split(" https")[0] for text in log.texts]


def test_a_feed_that_ended_still_gives_what_was_settling(source: Source, log: Log) -> None:
    feed = add(source, log, settle=timedelta(minutes=10))
    source.publish("One")
    poll(feed)
    source.answers.append((410, {}, b""))
    poll(feed)
    Item.objects.filter(state="settling").update(ready_at=clock.now())
    run_jobs()
    assert len(log.texts) == 1


def test_news_of_last_week_is_left_out_and_said(source: Source, log: Log) -> None:
    feed = add(source, log)
    source.publish("Road closed")
    actions.poll([feed], by=BY)
    Item.objects.filter(state="settling").update(arrived_at=clock.now() - timedelta(days=9))
    run_jobs()
    assert log.texts == []
    assert "Too late" in reason("Road closed")


def test_an_item_edited_on_its_way_meets_the_rule_again(source: Source, log: Log) -> None:
    feed = add(source, log, block_words=["embargo"])
    source.publish("Road closed")
    actions.poll([feed], by=BY)
    actions.release_due(by=BY)
    Item.objects.filter(guid="guid-31").update(title="EMBARGO: road closed")
    run_jobs()
    assert log.texts == []
    assert "blocked word" in reason("EMBARGO: road closed")


def test_a_refused_item_makes_room_for_its_reissue(source: Source, log: Log) -> None:
    source.link = "https://council.example/one-page"
    feed = add(source, log)
    log.trouble.append(raises(Refused("Not like this.")))
    source.publish("First words")
    poll(feed)
    source.publish("Better words")
    poll(feed)
    assert [text.split(" https")[0] for text in log.texts] == ["Better words"]


def test_a_feed_without_channels_says_so_once(source: Source, log: Log) -> None:
    feed = add(source, log)
    source.publish("One")
    actions.poll([feed], by=BY)
    actions.release_due(by=BY)
    feed.targets.all().delete()
    run_jobs()
    assert (log.texts, reason("One")) == ([], "Its feed has no channel to go to.")


@pytest.mark.parametrize("header", ["Retry-After", "Cache-Control"])
def test_a_hostile_number_of_one_feed_harms_no_other(source: Source, log: Log, header: str) -> None:
    feed = add(source, log)
    digits = "9" * 5000
    value = digits if header == "Retry-After" else f"max-age={digits}"
    source.answers.append((200, {header: value}, source.body()))
    poll(feed)
    feed.refresh_from_db()
    assert (feed.failures, feed.next_poll_at is not None) == (0, True)


def test_one_link_in_two_feeds_at_one_instant_goes_out_once(source: Source, log: Log) -> None:
    channel = a_channel()
    feeds = [a_feed(to=[channel], url=f"https://council.example/{n}") for n in range(2)]
    items = [an_item(feed, title=f"Title {feed.pk}") for feed in feeds]
    barrier = threading.Barrier(2)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda item: _draft_at_once(item, barrier), items))
    run_jobs()
    assert len(log.texts) == 1


def test_what_waits_for_a_poll_of_its_feed_holds_nothing_the_poll_needs(log: Log) -> None:
    item = an_item(a_feed(to=[a_channel()]))
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            Feed.objects.select_for_update().get(pk=item.feed_id)  # as a poll begins
            drafting = threads.submit(_draft_at_once, item, threading.Barrier(1))
            until(lambda: waiting_for_a_lock() == 1)
            Item.objects.select_for_update(nowait=True).get(pk=item.pk)  # as it goes on
        drafting.result(30)
    run_jobs()
    assert len(log.texts) == 1


def waiting_for_a_lock() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select pg_stat_clear_snapshot()")
        waiting = "datname = current_database() and wait_event_type = 'Lock'"
        cursor.execute(f"select count(*) from pg_stat_activity where {waiting}")
        return int(cursor.fetchone()[0])


def _draft_at_once(item: Item, barrier: threading.Barrier) -> None:
    barrier.wait()
    posts.draft_from_item(item, by=BY)
    connection.close()


def test_a_site_that_moves_and_writes_its_guids_anew_brings_no_old_news(
    source: Source, log: Log
) -> None:
    feed = add(source, log)
    source.publish("One")
    poll(feed)
    source.guid, source.link = "new-{}", "https://new.council.example/{}"
    poll(feed)
    source.publish("Two")
    poll(feed)
    assert [text.split(" https")[0] for text in log.texts] == ["One", "Two"]
    assert feed.items.count() == 32


def test_the_same_title_at_another_time_is_news(source: Source, log: Log) -> None:
    feed = add(source, log)
    source.publish("Flood alert")
    poll(feed)
    del source.items["guid-31"]
    source.publish("Flood alert")
    poll(feed)
    assert len(log.texts) == 2


def brought_back(feed: Feed) -> None:
    """As `oyez db restore` leaves a feed."""
    Feed.objects.filter(pk=feed.pk).update(doubts_next=True)


def looked_for_twice() -> None:
    before = clock.now() - timedelta(minutes=5)
    Delivery.objects.filter(state="unsure").update(absent_at=before, due_at=before)
    run_jobs()


def test_what_a_restored_house_has_forgotten_is_found_on_the_network(
    source: Source, log: Log
) -> None:
    feed = add(source, log, to=[a_channel(Findable)])
    source.publish("Posted after the backup", at=clock.now())
    said = "Posted after the backup https://council.example/news/guid-31"
    log.shown.append(("a key that the backup does not know", said))
    brought_back(feed)
    poll(feed)
    assert (log.texts, outcomes(feed)["posted"]) == ([said], 1)


def test_what_came_while_the_house_was_lost_goes_out_once_it_is_not_found(
    source: Source, log: Log
) -> None:
    feed = add(source, log, to=[a_channel(Findable)])
    source.publish("Came while it was lost", at=clock.now())
    brought_back(feed)
    poll(feed)
    assert log.texts == []
    looked_for_twice()
    source.publish("Came later")
    poll(feed)
    titles = [text.split(" https")[0] for text in log.texts]
    assert titles == ["Came while it was lost", "Came later"]


def test_what_is_no_news_when_the_house_comes_back_stays_where_it_is(
    source: Source, log: Log
) -> None:
    feed = add(source, log)
    source.publish("Dated days ago", at=clock.now() - timedelta(days=2))
    brought_back(feed)
    poll(feed)
    assert log.texts == []
    assert reason("Dated days ago") == NO_NEWS


def test_an_item_without_a_title_is_told_by_its_summary(source: Source, log: Log) -> None:
    feed = add(source, log)
    source.publish("")
    poll(feed)
    assert log.texts == ["About . https://council.example/news/guid-31"]


def test_not_modified_at_a_first_visit_is_said(source: Source, log: Log) -> None:
    source.answers.append((304, {}, b""))
    with pytest.raises(Refusal, match="first visit"):
        add(source, log)


def test_a_feed_that_brings_old_dates_is_not_called_quiet(source: Source, log: Log) -> None:
    feed = add(source, log)
    source.publish("Dated weeks ago, and new today")
    poll(feed)
    assert queries.silent(clock.now()) == []
    assert queries.silent(clock.now() + timedelta(days=30)) == [Feed.objects.get()]


def test_the_command_line_counts_what_settles_as_people_do(source: Source, log: Log) -> None:
    add(source, log, settle=timedelta(hours=1))
    for told in ("1 item is settling.", "3 items are settling."):
        source.publish(*(["One"] if told.startswith("1") else ["Two", "Three"]))
        Feed.objects.update(next_poll_at=clock.now())
        assert told in CliRunner().invoke(feeds, ["poll"]).output


def test_what_was_held_once_and_went_out_later_is_posted(log: Log) -> None:
    feed = a_feed(to=[a_channel()])
    an_item(feed)
    actions.release_due(by=BY)
    post = posts.draft_from_item(Item.objects.get(), by=job("posts"))
    actions.set_trust(Feed.objects.get(), Feed.Trust.WATCH, by=BY)
    run_jobs()
    assert outcomes(feed) == {"held": 1}
    taken = posts.take_back(post_queries.one(post.pk), by=BY)
    decisions.hand_in(taken, by=BY)
    run_jobs()
    assert outcomes(feed) == {"posted": 1}


def test_a_feed_with_the_longest_name_relays_as_any_other(log: Log) -> None:
    feed = a_feed(to=[a_channel()], name="N" * 200)
    an_item(feed, title="The bridge is open.")
    run_jobs()
    assert outcomes(feed) == {"posted": 1}


@pytest.mark.parametrize(
    ("count", "says"),
    [(1, "1 item in it now is not posted."), (2, "2 items in it now are not posted.")],
)
def test_what_is_in_a_feed_already_is_counted_in_words(
    source: Source, log: Log, count: int, says: str
) -> None:
    a_channel()
    source.items = dict(list(source.items.items())[:count])
    assert says in oyez("feeds", "add", source.url, "--to", "Findable").stdout

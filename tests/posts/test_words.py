"""Which words go where, and what keeps them as they were approved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from oyez.channels import actions as channels
from oyez.deliveries.models import Delivery
from oyez.kit import clock
from oyez.ledger.actor import Refusal
from oyez.posts import actions
from oyez.posts.actions.freezing import with_our_own
from oyez.posts.models import Post, Wording
from tests.factories import BY, a_channel, a_feed, a_post, an_item
from tests.fakes.networks import Findable, Keyed, Log, fakes
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Findable, Keyed) as log:
        yield log


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b\u200d", "\u2060\ufeff"])
def test_a_message_that_nobody_could_see_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="empty"):
        a_post(text)


def test_a_message_over_the_limit_is_refused_whole_and_nothing_is_kept() -> None:
    with pytest.raises(Refusal, match="500 characters or fewer"):
        a_post("x" * 501)
    assert not Post.objects.exists()


def test_a_message_without_a_channel_is_refused() -> None:
    with pytest.raises(Refusal, match="at least one channel"):
        actions.write("Hello", to=[], by=BY)


def test_a_time_that_has_passed_is_refused() -> None:
    with pytest.raises(Refusal, match="passed"):
        a_post("Hello", at=clock.now() - timedelta(hours=1))


def test_line_ends_of_browsers_become_one() -> None:
    a_post("One\r\nTwo")
    assert Wording.objects.get().text == "One\nTwo"


@pytest.mark.parametrize(
    "text", ["🎉🎉🎉", "مرحبا بكم في المجلس", "Zero\u200bwidth", "👩\u200d👩\u200d👧"]
)
def test_every_script_arrives_as_it_was_written(text: str, log: Log) -> None:
    a_post(text)
    run_jobs()
    assert log.texts == [text]


def test_a_practice_post_never_lands_on_our_own_page() -> None:
    channels.open_our_own(by=BY)
    ours_only = [c.name for c in with_our_own([a_channel()])]
    assert ours_only == ["Findable", "Our page"]


def test_the_database_keeps_the_words_as_they_were() -> None:
    a_post("Hello")
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        Wording.objects.update(text="Goodbye")


def test_words_changed_behind_our_back_are_not_sent(log: Log) -> None:
    a_post("Hello")
    run_jobs(passes=0)
    _change_words_by_force("Goodbye")
    run_jobs()
    assert log.texts == []
    assert Delivery.objects.get().state == "withheld"
    assert "not those that were approved" in Delivery.objects.get().why


def test_a_draft_made_before_the_rule_was_edited_is_held(log: Log) -> None:
    feed = a_feed(to=[a_channel()])
    post = actions.draft_from_item(an_item(feed), by=BY)
    assert post
    feed.trusted_rule = "another rule"
    feed.save()
    run_jobs()
    assert log.texts == []


def test_two_jobs_for_one_item_make_one_post() -> None:
    item = an_item(a_feed(to=[a_channel()]))
    first = actions.draft_from_item(item, by=BY)
    assert actions.draft_from_item(item, by=BY) == first
    assert Post.objects.count() == 1


def test_each_channel_has_its_own_template(log: Log) -> None:
    feed = a_feed(to=[a_channel(), a_channel(Keyed)])
    feed.targets.filter(channel__name="Keyed").update(template="{feed}: {title}")
    feed.trusted_rule = feed.rule_digest
    feed.save()
    actions.draft_from_item(an_item(feed), by=BY)
    run_jobs()
    assert sorted(log.texts) == [
        "Council news: Road closed",
        "Road closed https://council.example/1",
    ]


def _change_words_by_force(text: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("alter table posts_wording disable trigger posts_words_stay")
        cursor.execute("update posts_wording set text = %s", [text])
        cursor.execute("alter table posts_wording enable trigger posts_words_stay")

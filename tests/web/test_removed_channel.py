"""A channel was removed: what was written for it, and the record of it, can still be read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from oyez.channels import actions as channels
from oyez.channels.models import Channel
from oyez.decisions import actions as decisions
from oyez.decisions import queries as reviews
from oyez.decisions.rules import Asked
from oyez.feeds.models import Feed
from oyez.kit import clock
from oyez.posts import actions as posts
from oyez.posts.draft import Draft
from oyez.posts.models import Post
from tests.factories import BY, a_channel, a_feed, a_post, an_item
from tests.jobs import run_jobs
from tests.web.conftest import page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("log")]


@pytest.fixture
def gone() -> Channel:
    """Removed, with something of each kind on it."""
    channel = a_channel(name="Harbour")
    to, later = (channel.pk,), f"{clock.now() + timedelta(days=2):%Y-%m-%dT%H:%M}"
    a_post("Out already.", to=[channel])
    an_item(a_feed(to=[channel]), title="From a feed.")
    run_jobs()
    posts.start(Draft("A draft.", to, own_words={channel.pk: "Its own words."}), by=BY)
    planned = posts.start(Draft("Planned.", to, wall=later, zone="UTC"), by=BY)
    decisions.hand_in(planned, by=BY)
    starts = (clock.now() + timedelta(days=2)).replace(tzinfo=None)
    posts.repeat(Draft("Again.", to), rule="FREQ=WEEKLY", starts=starts, zone="UTC", by=BY)
    decisions.set_steps(channel, [Asked(role="approver")], by=BY)
    decisions.hand_in(posts.start(Draft("For approval.", to), by=BY), by=BY)
    channels.remove(channel, by=BY)
    run_jobs()
    return channel


def test_a_draft_for_it_is_opened_and_says_so(administrator: Client, gone: Channel) -> None:
    draft = Post.objects.filter(state=Post.State.DRAFT).first()
    assert draft
    answer = administrator.get(f"/write/{draft.pk}")
    assert answer.status_code == 200
    assert "One of its channels was removed. Choose again where it goes." in page(answer)


def test_the_record_names_it(administrator: Client, gone: Channel) -> None:
    answer = administrator.get("/audit")
    assert answer.status_code == 200
    assert "Harbour" in page(answer)
    assert f"/channels/{gone.pk}" not in answer.content.decode()


def test_every_page_about_it_opens(administrator: Client, gone: Channel) -> None:
    lists = ["/", "/needs-you", "/planner", "/planner/repeats", "/planner/slots", "/messages"]
    lists += ["/approve", "/feeds", "/channels", "/stop", "/stop/takeover", "/library", "/news"]
    lists += ["/policy/replay", "/requests", "/settings", "/notices", "/audit"]
    for post in Post.objects.all():
        lists += [f"/messages/{post.pk}", f"/write/{post.pk}", f"/planner/{post.pk}/move"]
        lists += [f"/planner/{post.pk}/repeat", f"/messages/{post.pk}/pair"]
        lists += [f"/messages/{post.pk}/take-down", f"/messages/{post.pk}/discard"]
    for review in reviews.open_reviews():
        lists += [f"/approve/{review.pk}", f"/approve/{review.pk}/changes"]
    for feed in Feed.objects.all():
        lists += [f"/feeds/{feed.pk}", f"/feeds/{feed.pk}/rule"]
    administrator.raise_request_exception = False
    broken = [one for one in lists if administrator.get(one).status_code >= 500]
    assert broken == []

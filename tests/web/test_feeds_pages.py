"""The list of feeds, the page of one, and what can be done with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from oyez.channels import actions as channels
from oyez.decisions import actions as decisions
from oyez.decisions.rules import Asked
from oyez.feeds import actions
from oyez.feeds.models import Feed, Item
from oyez.kit import clock
from oyez.people.rules import APPROVER
from tests.factories import BY, a_channel, a_feed, an_item
from tests.jobs import run_jobs
from tests.web.conftest import page

pytestmark = pytest.mark.usefixtures("log")


def as_read(feed: Feed) -> dict[str, str]:
    """What the page of the rule gives back: the digest of what was read."""
    return {"rule": Feed.objects.get(pk=feed.pk).rule_digest}


def test_nobody_sees_feeds_without_signing_in(db):
    assert Client().get("/feeds").url.startswith("/sign-in")


def test_no_feed_yet_says_what_a_feed_is(officer):
    assert "No feed yet" in page(officer.get("/feeds"))


def test_the_list_says_trust_channels_and_the_next_check(officer):
    a_feed(to=[a_channel(name="Town")], next_poll_at=clock.now() + timedelta(minutes=4, seconds=9))
    said = page(officer.get("/feeds"))
    assert "Posts by itself to Town" in said
    assert "next check: in 4 minutes" in said
    assert "Not read yet" in said


def test_a_channel_that_was_removed_is_named_as_such(officer):
    town = a_channel(name="Town")
    feed = a_feed(to=[town])
    channels.remove(town, by=BY)
    assert "Posts by itself to Town (removed)" in page(officer.get("/feeds"))
    assert officer.get(f"/feeds/{feed.pk}/rule").status_code == 200


def test_a_feed_that_fails_says_why_and_when_it_was_well(officer):
    good = clock.now() - timedelta(hours=2)
    a_feed(to=[], failures=3, problem="There is nothing at this address (404).", good_at=good)
    said = page(officer.get("/feeds"))
    assert "Not answering" in said
    assert "There is nothing at this address (404). It was last read well at" in said
    assert "1 feed does not answer." in said


def test_a_feed_gone_quiet_raises_the_alarm(officer):
    last = clock.now() - timedelta(days=2)
    feed = a_feed(to=[], last_item_at=last, usual_gap=timedelta(hours=3))
    for address in ("/feeds", f"/feeds/{feed.pk}"):
        said = page(officer.get(address))
        assert "Gone quiet" in said
        assert "Its newest item: 2 days ago. They usually come about 3 hours apart" in said


def test_the_list_asks_the_database_as_often_for_many_as_for_one(officer):
    town, counts = a_channel(name="Town"), []
    for number in range(3):
        a_feed(to=[town], url=f"https://council.example/{number}")
        with CaptureQueriesContext(connection) as asked:
            officer.get("/feeds")
        counts.append(len(asked))
    assert counts[1] == counts[2]


def test_the_history_names_each_outcome_with_its_reason(officer, transactional_db):
    feed = a_feed(to=[a_channel(name="Town")], block_words=["Bins"])
    an_item(feed, title="Road closed")
    an_item(feed, title="Bins late", url="https://council.example/2")
    run_jobs()
    said = page(officer.get(f"/feeds/{feed.pk}"))
    assert "All (2)" in said
    assert "Posted (1)" in said
    assert "It has the blocked word “Bins”." in said
    posted = page(officer.get(f"/feeds/{feed.pk}?outcome=posted"))
    assert "Road closed" in posted
    assert "Bins late" not in posted


def test_a_long_history_has_pages_that_keep_the_filter(officer):
    feed = a_feed(to=[])
    for number in range(25):
        an_item(feed, title=f"Notice {number}", url=f"https://council.example/{number}")
    Item.objects.update(state=Item.State.WATCHED)
    first = officer.get(f"/feeds/{feed.pk}?outcome=not").content.decode()
    assert first.count("oyez-row__title") == 20
    assert "?outcome=not&amp;page=2" in first


def test_polling_now_asks_the_feed_and_says_what_waits(officer, source):
    feed = actions.add(source.url, to=[], by=BY)
    source.publish("A fourth")
    said = officer.post(f"/feeds/{feed.pk}/poll", follow=True)
    assert "Asked Council news. 1 item is waiting." in page(said)


def test_polling_a_feed_in_trouble_says_the_trouble(officer, source):
    feed = actions.add(source.url, to=[], by=BY)
    source.answers.append((500, {}, b""))
    said = page(officer.post(f"/feeds/{feed.pk}/poll", follow=True))
    assert "The site answered with an error (500)." in said


def test_pause_and_resume(officer):
    feed = a_feed(to=[])
    assert "Not while it is paused" in page(officer.post(f"/feeds/{feed.pk}/pause", follow=True))
    assert "goes on." in page(officer.post(f"/feeds/{feed.pk}/resume", follow=True))
    feed.refresh_from_db()
    assert feed.state == Feed.State.ACTIVE


def test_trust_is_given_on_a_page_that_shows_the_rule_and_then_names_who(officer):
    feed = a_feed(to=[a_channel(name="Town")])
    actions.set_trust(feed, "watch", by=BY)
    asked = page(officer.get(f"/feeds/{feed.pk}/trust/automatic"))
    assert "each new item is posted to Town without anybody looking first" in asked
    assert "{title} {link}" in asked
    said = page(officer.post(f"/feeds/{feed.pk}/trust/automatic", as_read(feed), follow=True))
    assert "Sam Carter decided at" in said


def test_trust_without_a_channel_is_refused_in_words(officer):
    feed = a_feed(to=[])
    said = officer.post(f"/feeds/{feed.pk}/trust/automatic", as_read(feed))
    assert said.status_code == 422
    assert "Say where its items go before it may post by itself." in page(said)


def test_there_is_no_page_for_a_trust_that_does_not_exist(officer):
    feed = a_feed(to=[])
    assert officer.post(f"/feeds/{feed.pk}/trust/nonsense").status_code == 404


@pytest.mark.parametrize(
    ("level", "says"),
    [("suggest", "Makes drafts for Town"), ("approve", "Asks before each goes to Town")],
)
def test_a_feed_may_make_drafts_or_ask_first(officer, level, says, log, transactional_db):
    feed = a_feed(to=[a_channel(name="Town")])
    assert officer.get(f"/feeds/{feed.pk}/trust/{level}").status_code == 200
    assert says in page(officer.post(f"/feeds/{feed.pk}/trust/{level}", as_read(feed), follow=True))
    an_item(feed, title="Road closed")
    run_jobs()
    assert log.texts == []
    where = "/messages?show=drafts" if level == "suggest" else "/approve"
    assert "Road closed" in page(officer.get(where))


def test_a_feed_that_posts_by_itself_where_two_are_asked_is_confirmed_by_a_second(
    officer, administrator, log, transactional_db
):
    town = a_channel(name="Town")
    decisions.set_steps(town, [Asked(role=APPROVER)], by=BY)
    feed = a_feed(to=[town])
    officer.post(f"/feeds/{feed.pk}/trust/automatic", as_read(feed))
    here = f"/feeds/{feed.pk}"
    assert "until a second person has confirmed this feed" in page(officer.get(here))
    answer = officer.post(f"{here}/confirm", as_read(feed))
    assert answer.status_code == 422
    assert "somebody else must confirm it" in page(answer)
    said = page(administrator.post(f"{here}/confirm", as_read(feed), follow=True))
    assert "Confirmed by Ada Clerk" in said
    assert "until a second person" not in said
    an_item(feed, title="Road closed")
    run_jobs()
    assert len(log.texts) == 1


def test_a_feed_to_a_channel_that_asks_nobody_needs_no_second_yes(officer):
    feed = a_feed(to=[a_channel(name="Town")])
    assert "until a second person" not in page(officer.get(f"/feeds/{feed.pk}"))


def edited(feed, **changed):
    told = {"to": [t.channel_id for t in feed.targets.all()], "template": feed.template}
    return {**told, "keep": "", "block": "", "settle": "10", "flood": "3", **changed}


def test_editing_the_rule_ends_the_decision_and_says_whose_edit_did(officer):
    feed = a_feed(to=[a_channel(name="Town")])
    actions.set_trust(feed, "automatic", by=BY)
    assert "set it back to watching" in page(officer.get(f"/feeds/{feed.pk}/rule"))
    told = edited(feed, template="Look: {title}", do="save")
    said = page(officer.post(f"/feeds/{feed.pk}/rule", told, follow=True))
    assert "None now. Sam Carter changed the rule at" in said
    assert "what tester on the command line had decided" in said
    feed.refresh_from_db()
    assert (feed.trust, feed.template) == ("watch", "Look: {title}")


def test_saying_whose_a_feed_is_ends_no_decision(officer):
    feed = a_feed(to=[a_channel(name="Town")])
    assert "Somebody else’s" not in page(officer.get(f"/feeds/{feed.pk}"))
    told = edited(feed, third_party="on", do="save")
    assert "Somebody else’s" in page(officer.post(f"/feeds/{feed.pk}/rule", told, follow=True))
    feed.refresh_from_db()
    assert (feed.third_party, feed.trust) == (True, "automatic")
    officer.post(f"/feeds/{feed.pk}/rule", edited(feed, do="save"))
    feed.refresh_from_db()
    assert not feed.third_party


def test_a_decision_taken_back_by_a_person_is_told_apart_from_an_edit(officer):
    feed = a_feed(to=[a_channel(name="Town")])
    actions.set_trust(feed, "automatic", by=BY)
    officer.post(f"/feeds/{feed.pk}/trust/watch", as_read(feed))
    said = page(officer.get(f"/feeds/{feed.pk}"))
    assert "None now. Sam Carter set it back to watching at" in said


def test_an_edit_shows_its_preview_and_keeps_nothing(officer, source):
    feed = actions.add(source.url, to=[a_channel(name="Town")], by=BY)
    said = officer.post(
        f"/feeds/{feed.pk}/rule", edited(feed, template="New: {title}", do="preview")
    )
    assert "New: Library open" in page(said)
    feed.refresh_from_db()
    assert feed.template == "{title} {link}"


def test_a_wrong_edit_keeps_what_was_written(officer):
    feed = a_feed(to=[])
    said = officer.post(f"/feeds/{feed.pk}/rule", edited(feed, template="{nothing}", do="save"))
    assert said.status_code == 422
    assert b"{nothing}</textarea>" in said.content


def test_a_reader_sees_a_feed_and_can_change_nothing(reader):
    feed = a_feed(to=[])
    assert "Poll now" not in page(reader.get(f"/feeds/{feed.pk}"))
    for verb in ("poll", "pause", "resume", "trust/watch", "rule"):
        assert reader.post(f"/feeds/{feed.pk}/{verb}").status_code == 403

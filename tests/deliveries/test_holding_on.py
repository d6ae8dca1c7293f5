"""What is held, for how long, and by whose word it goes on: never more, and never less."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db.models import F
from pytest_django import Settings

from oyez.channels import actions as channels
from oyez.decisions import actions as decisions
from oyez.decisions import queries as reviews
from oyez.decisions.models import Hold, LinkLook
from oyez.deliveries import actions, jobs
from oyez.deliveries.models import Delivery
from oyez.emergency import actions as emergency
from oyez.kit import clock
from oyez.ledger.deferring import defer
from oyez.library import actions as library
from oyez.library import queries as shelf
from oyez.partners import actions as partners
from oyez.partners.rules.figures import Said as Figure
from oyez.people.rules import APPROVER, MONITORING_OFFICER, READER
from oyez.posts import queries
from oyez.posts.models import Post
from tests.deliveries.desk import a_picture, ahead, browser, handed_in, someone
from tests.factories import BY, a_channel, a_pre_election
from tests.fakes.networks import Keyed, Log
from tests.jobs import run_jobs
from tests.servers.raw import Server
from tests.servers.site import a_site

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def missing() -> set[str]:
    return {"/page", "/other"}


@pytest.fixture
def site(settings: Settings, missing: set[str]) -> Iterator[Server]:
    with a_site(settings, missing) as site:
        yield site


def time_passes(**much: float) -> None:
    LinkLook.objects.update(looked_at=F("looked_at") - timedelta(**much))


def in_force() -> list[Hold]:
    return list(Hold.objects.filter(ended_at=None))


def test_what_lives_again_goes_on_although_another_channel_has_it(
    site: Server, log: Log, missing: set[str]
) -> None:
    """Only the words for the second channel have the dead link; the first has left."""
    asha = someone("Asha")
    one, two = a_channel(name="One"), a_channel(Keyed, name="Two")
    emergency.stop(two, why="Storm", by=BY)
    handed_in(asha, one, two, text="Open.", own_words={two.pk: f"Open: {site.url('/page')}"})
    emergency.stop(one, why="Storm", by=BY)
    run_jobs()
    assert [hold.wording.channel for hold in in_force()] == [two]
    emergency.resume(one, by=BY)
    run_jobs()
    assert log.texts == ["Open."]
    emergency.resume(two, by=BY)
    run_jobs()
    missing.clear()
    time_passes(minutes=16)
    jobs.tend_links(0)
    run_jobs()
    assert not in_force(), "the page is there, and it is held all the same"
    assert len(log.texts) == 2


def test_a_dead_link_holds_what_waits_although_another_channel_has_left(
    site: Server, log: Log, settings
) -> None:
    asha = someone("Asha")
    one, two = a_channel(name="One"), a_channel(Keyed, name="Two")
    follows, settings.OYEZ = settings.OYEZ, replace(settings.OYEZ, follow_links=False)
    emergency.stop(two, why="Storm", by=BY)
    post = handed_in(asha, one, two, text=f"Open: {site.url('/page')}")
    run_jobs()
    assert len(log.texts) == 1
    settings.OYEZ = follows
    defer(jobs.follow_links, on_id=post.pk)
    run_jobs()
    emergency.resume(two, by=BY)
    run_jobs()
    assert len(log.texts) == 1, "words with a link known to be dead went out"


def test_letting_one_dead_link_go_does_not_let_another_go(site: Server, log: Log, missing) -> None:
    asha, ben = someone("Asha"), someone("Ben", APPROVER)
    missing.discard("/other")
    text = f"Read {site.url('/page')} and {site.url('/other')}"
    handed_in(asha, a_channel(), text=text, **ahead(minutes=50))
    run_jobs()
    decisions.release(in_force()[0], reason="The first page opens at noon.", by=ben)
    missing.add("/other")
    time_passes(days=1, minutes=1)
    jobs.tend_links(0)
    run_jobs()
    assert in_force(), "nobody has let the second link go"


def test_a_release_is_of_what_was_read(site: Server, log: Log, missing) -> None:
    """Ben opens the page of the hold; a second link dies; Ben presses “Let it go on”."""
    asha, ben = someone("Asha"), someone("Ben", APPROVER)
    missing.discard("/other")
    text = f"Read {site.url('/page')} and {site.url('/other')}"
    handed_in(asha, a_channel(), text=text, **ahead(minutes=50))
    run_jobs()
    (hold,) = in_force()
    page = browser(ben)
    seen = BeautifulSoup(page.get(f"/approve/holds/{hold.pk}").content, "html.parser")
    form = {i["name"]: i.get("value", "") for i in seen.select("main form input[name]")}
    missing.add("/other")
    time_passes(days=1, minutes=1)
    jobs.tend_links(0)
    run_jobs()
    hold.refresh_from_db()
    assert "/other" in hold.message
    page.post(f"/approve/holds/{hold.pk}", {**form, "reason": "It opens at noon."})
    assert in_force(), "Ben let go what he has not read"


def test_a_hold_of_a_message_too_late_asks_nobody_any_more(site: Server, log: Log) -> None:
    asha, ben = someone("Asha"), someone("Ben", APPROVER)
    handed_in(asha, a_channel(), text=f"Read {site.url('/page')}")
    run_jobs()
    Delivery.objects.update(not_after=clock.now() - timedelta(minutes=1))
    run_jobs()
    assert Delivery.objects.get().state == "withheld"
    assert reviews.held_for(ben) == [], "it cannot go any more"


def test_a_hold_of_one_that_somebody_kept_back_asks_nobody(site: Server, log: Log) -> None:
    asha, ben = someone("Asha"), someone("Ben", APPROVER)
    handed_in(asha, a_channel(), text=f"Read {site.url('/page')}")
    run_jobs()
    actions.withhold(Delivery.objects.get(), "No.", by=asha)
    assert reviews.held_for(ben) == []


def test_two_holds_on_one_message_ask_both_who_may(site: Server, log: Log) -> None:
    """The first hold is the monitoring officer’s; the second an approver’s, who must see it."""
    asha, ben, elin = (
        someone("Asha"),
        someone("Ben", APPROVER),
        someone("Elin", READER, MONITORING_OFFICER),
    )
    channel = a_channel()
    post = handed_in(
        asha, channel, text=f"Read {site.url('/200')}", media=(a_picture(),), **ahead(minutes=50)
    )
    run_jobs()
    a_pre_election()
    run_jobs()
    assert [hold.role for hold in in_force()] == ["monitoring_officer"]
    text = queries.one(post.pk).draft.text
    LinkLook.objects.update(status=404, looked_at=clock.now())
    decisions.re_evaluate(queries.one(post.pk), cause="link", by=BY)
    assert len(in_force()) == 2, text
    assert len(reviews.held_for(elin)) == 1
    assert len(reviews.held_for(ben)) == 1, "Home of the approver does not ask about the dead link"


def test_what_is_out_is_not_held_when_a_period_opens(log: Log) -> None:
    asha = someone("Asha")
    one, two = a_channel(name="One"), a_channel(Keyed, name="Two")
    emergency.stop(two, why="Storm", by=BY)
    handed_in(asha, one, two, text="With the leader", media=(a_picture(),))
    run_jobs()
    assert len(log.texts) == 1
    a_pre_election()
    run_jobs()
    assert [hold.wording.channel.name for hold in in_force()] == ["Two"], (
        "what is out already is “held”"
    )


def test_after_the_last_is_let_go_nothing_is_held(log: Log) -> None:
    """A is out, B waits; the period holds both; B is let go and out. Is anything still held?"""
    asha, elin = someone("Asha"), someone("Elin", READER, MONITORING_OFFICER)
    one, two = a_channel(name="One"), a_channel(Keyed, name="Two")
    emergency.stop(two, why="Storm", by=BY)
    post = handed_in(asha, one, two, text="With the leader", media=(a_picture(),))
    run_jobs()
    a_pre_election()
    run_jobs()
    decisions.release(
        Hold.objects.get(wording__channel=two, ended_at=None), reason="Fine.", by=elin
    )
    emergency.resume(two, by=BY)
    run_jobs()
    assert len(log.texts) == 2
    assert reviews.held_for(elin) == []
    assert reviews.on_hold([post.pk]) == set()


def test_a_period_between_two_parts_keeps_the_second_here(log: Log) -> None:
    asha = someone("Asha")
    channel = a_channel()
    handed_in(asha, channel, text="With the leader.\n---\nVote for her.", media=(a_picture(),))
    jobs.plan(Post.objects.get().pk)
    Delivery.objects.filter(wording__part=2).update(due_at=clock.now() + timedelta(minutes=5))
    run_jobs()
    assert len(log.texts) == 1
    a_pre_election()
    run_jobs()
    Delivery.objects.filter(wording__part=2).update(due_at=clock.now())
    run_jobs()
    assert len(log.texts) == 1, "the second part went although the message is held"


def test_letting_one_candidate_go_does_not_let_the_next_go(log: Log) -> None:
    asha, elin = someone("Asha"), someone("Elin", READER, MONITORING_OFFICER)
    a_pre_election()
    handed_in(asha, a_channel(), text="Ada Lovelace and Bob Smith open the fair", **ahead(days=3))
    run_jobs()
    partners.add_figure(Figure(kind="candidate", name="Ada Lovelace"), by=BY)
    run_jobs()
    (hold,) = in_force()
    decisions.release(hold, reason="It names Ada as the mayor.", by=elin)
    partners.add_figure(Figure(kind="candidate", name="Bob Smith"), by=BY)
    run_jobs()
    assert in_force(), "nobody has let Bob Smith go"


def test_a_closed_channel_does_not_hold_for_ever(log: Log) -> None:
    asha, elin = someone("Asha"), someone("Elin", READER, MONITORING_OFFICER)
    channel = a_channel()
    handed_in(asha, channel, text="With the leader", media=(a_picture(),), **ahead(days=3))
    run_jobs()
    a_pre_election()
    run_jobs()
    channels.remove(channel, by=BY)
    run_jobs()
    assert Delivery.objects.get().state == "withheld"
    assert reviews.held_for(elin) == [], "nothing of it can go any more"


def test_consent_that_is_taken_back_keeps_the_picture_here(log: Log) -> None:
    picture = a_picture(politician=False)
    one = shelf.one(picture.attachment)
    consent = library.record_consent(one, "Mia, 9", evidence="Form 7", child=True, by=BY)
    handed_in(someone("Asha"), a_channel(), media=(picture,), **ahead(days=1))
    run_jobs()
    assert not in_force()
    library.withdraw_consent(consent, by=BY)
    run_jobs()
    assert [hold.check_id for hold in in_force()] == ["PR-2"]
    library.record_consent(one, "Mia, 9", evidence="Form 8", child=True, by=BY)
    run_jobs()
    assert not in_force()

"""Any course of writing, handing in, taking back, voting and stopping: the real actions against a
model that knows who wrote which words and who agreed to them. Hypothesis looks for the course that
breaks it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import ClassVar

import pytest
from django.db import transaction
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from hypothesis.strategies import booleans, sampled_from

from oyez.channels.models import Channel
from oyez.decisions import actions, jobs, queries
from oyez.decisions.models import Review
from oyez.decisions.rules import QUORUM, Asked
from oyez.deliveries import actions as deliveries
from oyez.deliveries import jobs as delivery_jobs
from oyez.deliveries import rules as delivery_rules
from oyez.deliveries import shift
from oyez.deliveries.models import Delivery
from oyez.emergency import actions as emergency
from oyez.ledger.actor import Refusal
from oyez.ledger.moment import database_now
from oyez.people import actions as people
from oyez.people.models import Person
from oyez.people.rules import APPROVER, OFFICER, job
from oyez.posts import actions as posts
from oyez.posts import queries as post_queries
from oyez.posts.draft import Draft
from oyez.posts.models import Post
from tests.courses import courses
from tests.factories import BY, a_channel
from tests.fakes.networks import LOG

STEPS = [Asked(role=APPROVER), Asked(need=QUORUM, count=2, role=OFFICER)]
WRITERS = {"asha": OFFICER, "ben": OFFICER}
OTHERS = {"cai": APPROVER, "dee": OFFICER, "eve": OFFICER}
ROLES = WRITERS | OTHERS


class Life(RuleBasedStateMachine):
    """One message on a channel that asks an approver, and then two officers."""

    people: ClassVar[dict[str, Person]]
    channel: ClassVar[Channel]

    def __init__(self) -> None:
        super().__init__()
        LOG.__init__()  # type: ignore[misc]
        self._undone = transaction.atomic()
        self._undone.__enter__()
        self.written = 0
        self.wrote: set[str] = set()
        self.yes: defaultdict[str, set[str]] = defaultdict(set)  # words -> who agreed to them
        self.stopped = False
        self.read: dict[str, str] = {}  # by whom, which digest they have before them

    @initialize(who=sampled_from(sorted(WRITERS)))
    def somebody_begins(self, who: str) -> None:
        self.pk = posts.start(self._other_words(), by=self.people[who]).pk
        self.wrote.add(who)

    @rule(who=sampled_from(sorted(WRITERS)))
    def somebody_changes_the_words(self, who: str) -> None:
        with suppress(Refusal):
            draft = posts.take_back(self.post, by=self.people[who])
            posts.save(draft, self._other_words(), based_on=draft.version, by=self.people[who])
            self.wrote.add(who)

    @rule(who=sampled_from(sorted(WRITERS)))
    def somebody_hands_it_in(self, who: str) -> None:
        with suppress(Refusal):
            actions.hand_in(self.post, by=self.people[who])
            self.wrote.add(who)

    @rule(who=sampled_from(sorted(WRITERS)))
    def somebody_takes_it_back(self, who: str) -> None:
        with suppress(Refusal):
            posts.take_back(self.post, by=self.people[who])

    @rule()
    def the_house_hears_of_it(self) -> None:
        jobs.withdraw(self.pk)

    @rule(who=sampled_from(sorted(ROLES)))
    def somebody_reads_it(self, who: str) -> None:
        if review := self.review:
            self.read[who] = review.digest

    @rule(who=sampled_from(sorted(ROLES)))
    def somebody_says_yes(self, who: str) -> None:
        review, text = self.review, self.post.draft.text
        if not review:
            return
        with suppress(Refusal):
            actions.vote_yes(review, digest=self.read.get(who, ""), by=self.people[who])
            assert (self.read[who], who in self.wrote) == (review.digest, False)
            self.yes[text].add(who)

    @rule(who=sampled_from(sorted(ROLES)))
    def somebody_asks_for_changes(self, who: str) -> None:
        review = self.review
        if not review:
            return
        with suppress(Refusal):
            reasons = {"": "It is the other bridge."}
            read = self.read.get(who, "")
            actions.ask_for_changes(review, reasons, digest=read, by=self.people[who])
            assert self.post.is_draft

    @rule(who=sampled_from(sorted(ROLES)))
    def its_time_goes_by_and_somebody_sends_it_late(self, who: str) -> None:
        Review.objects.filter(state=Review.State.OPEN).update(due_at=database_now() - A_DAY)
        review = self.review
        if not review:
            return
        with suppress(Refusal):
            actions.send_late(review, by=self.people[who])
            assert who not in self.wrote

    @rule(everywhere=booleans())
    def stop_is_pressed_or_ends(self, everywhere: bool) -> None:
        if self.stopped:
            emergency.resume(self.where, by=BY)
        else:
            self.where = None if everywhere else self.channel
            emergency.stop(self.where, why="Storm", by=BY)
        self.stopped = not self.stopped

    @rule()
    def what_may_go_goes(self) -> None:
        before, post = list(LOG.texts), self.post
        deliveries.plan(post, by=job("deliveries"))
        Delivery.objects.filter(settled_at=None).update(due_at=database_now() - A_MINUTE)
        deliveries.promote(delivery_jobs.publish)
        for delivery in Delivery.objects.filter(state=delivery_rules.QUEUED):
            deliveries.publish(delivery.pk)
        for text in LOG.texts[len(before) :]:
            assert (text, post.state) == (post.draft.text, Post.State.SUBMITTED)
            assert not self.stopped

    @invariant()
    def nothing_is_said_twice_or_without_enough_who_did_not_write_it(self) -> None:
        for text in LOG.texts:
            roles = sorted(ROLES[who] for who in self.yes[text])
            assert roles == sorted([APPROVER, OFFICER, OFFICER])
        assert len(LOG.texts) == len(set(LOG.texts))

    @invariant()
    def only_what_is_handed_in_can_be_approved(self) -> None:
        if (review := self.review) and not self.post.is_draft and review.is_open:
            assert review.version == self.post.version

    def teardown(self) -> None:
        """With two who did not write it and an approver, its last words go out, but not before a
        stop has ended.
        """
        try:
            self._goes_out()
        finally:
            transaction.set_rollback(True)
            self._undone.__exit__(None, None, None)

    def _goes_out(self) -> None:
        self.somebody_hands_it_in("asha")
        for who in OTHERS:
            self.somebody_reads_it(who)
            self.somebody_says_yes(who)
        if (review := self.review) and review.state == Review.State.LATE:
            actions.send_late(review, by=self.people["cai"])
        if not self.stopped:
            self.stop_is_pressed_or_ends(everywhere=True)
        self.what_may_go_goes()
        self.stop_is_pressed_or_ends(everywhere=True)
        self.what_may_go_goes()
        assert self.post.draft.text in LOG.texts
        self.nothing_is_said_twice_or_without_enough_who_did_not_write_it()

    @property
    def post(self) -> Post:
        return post_queries.one(self.pk)

    @property
    def review(self) -> Review | None:
        return queries.review_of(self.post)

    def _other_words(self) -> Draft:
        self.written += 1
        return Draft(text=f"The bridge opens at {self.written}.", to=(self.channel.pk,))


A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)


def _a_person(name: str, role: str) -> Person:
    return people.invite(f"{name}@council.example", name=name, role=role, by=BY)


@pytest.fixture(autouse=True)
def end_of_shift() -> Iterator[None]:
    yield
    shift.end()


@pytest.mark.django_db
def test_in_any_course_of_events_only_agreed_words_go_and_agreed_words_go() -> None:
    people = {name: _a_person(name, role) for name, role in ROLES.items()}
    channel = a_channel()
    actions.set_steps(channel, STEPS, by=BY)
    machine = type("Life", (Life,), {"people": people, "channel": channel})
    run_state_machine_as_test(machine, settings=courses(15))

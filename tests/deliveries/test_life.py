"""Any course of events that can befall a delivery, in any order: the real actions against a model
that knows only what the network shows. Hypothesis looks for the course that breaks it.
"""

from __future__ import annotations

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

from oyez.channels import queries as channels
from oyez.decisions import actions as decisions
from oyez.deliveries import actions, jobs, rules
from oyez.deliveries.actions.sending import claim
from oyez.deliveries.models import Delivery
from oyez.emergency import actions as emergency
from oyez.ledger.actor import Refusal
from oyez.ledger.moment import database_now
from oyez.networks.contract import Already, Later, NetworkClass, Refused, Unsure
from oyez.people.rules import job
from tests.courses import courses
from tests.factories import BY, a_channel, a_post, the_delivery
from tests.fakes.networks import LOG, Findable, Keyed, fakes, raises

LOST, NEVER, BROKEN = "accepted, no answer", "not accepted, no answer", "our own fault after it"
ANSWERED, REFUSED, BUSY, THERE = "answered", "refused", "busy", "refused as it is there"
TEXT = "Hello"


class Life(RuleBasedStateMachine):
    """One message on one channel, and a person who answers honestly when asked."""

    network: ClassVar[NetworkClass]

    def __init__(self) -> None:
        super().__init__()
        LOG.__init__()  # type: ignore[misc]
        self._undone = transaction.atomic()
        self._undone.__enter__()
        post = a_post(TEXT, to=[a_channel(self.network)])
        decisions.open_review(post, by=job("decisions"))
        actions.plan(post, by=job("deliveries"))
        self.stopped = False

    @property
    def delivery(self) -> Delivery:
        return the_delivery()

    @initialize(outcome=sampled_from([LOST, NEVER, BROKEN]))
    def first_it_is_in_doubt(self, outcome: str) -> None:
        """The courses without any doubt are few, and test_protocol.py goes through them."""
        self.goes(outcome)

    @rule(outcome=sampled_from([ANSWERED, LOST, NEVER, BROKEN, REFUSED, BUSY, THERE]))
    def goes(self, outcome: str) -> None:
        LOG.trouble, LOG.aftermath = _before(outcome), _after(outcome)
        if self._queued():
            actions.publish(self.delivery.pk)

    @rule(accepted=booleans())
    def its_worker_dies(self, accepted: bool) -> None:
        network = channels.network_of(self.delivery.channel)
        LOG.trouble, LOG.aftermath = [], []
        if self._queued() and (claimed := claim(self.delivery.pk, network.newest())):  # type: ignore[attr-defined]
            if accepted:
                network._accept(claimed.message, claimed.key)  # type: ignore[attr-defined]
            past = database_now() - timedelta(minutes=5)
            Delivery.objects.update(worker=0, touched_at=past)

    @rule()
    def orphans_are_found(self) -> None:
        actions.doubt_orphans()

    @rule(blind=booleans())
    def is_looked_for(self, blind: bool) -> None:
        self._time_passes()
        LOG.blind = [raises(Later("It cannot be asked.", timedelta(0)))] if blind else []
        actions.look(self.delivery.pk)

    @rule()
    def stop_is_pressed_or_ends(self) -> None:
        if self.stopped:
            emergency.resume(None, by=BY)
        else:
            emergency.stop(None, why="Storm", by=BY)
        self.stopped = not self.stopped

    @rule()
    def somebody_keeps_it_back(self) -> None:
        with suppress(Refusal):
            actions.withhold(self.delivery, "Not now.", by=BY)

    @rule()
    def a_person_decides(self) -> None:
        if self.delivery.state != rules.ASKING:
            return
        if LOG.texts:
            actions.decide_arrived(self.delivery, remote_id="1", by=BY)
        else:
            actions.decide_resend(self.delivery, by=BY)

    @invariant()
    def nothing_is_said_twice(self) -> None:
        assert LOG.texts.count(TEXT) <= 1

    @invariant()
    def what_the_house_says_is_so(self) -> None:
        match self.delivery.state:
            case rules.ARRIVED:
                assert (LOG.texts, self.delivery.remote_id) == ([TEXT], "1")
            case rules.REFUSED | rules.WITHHELD:
                assert LOG.texts == []
            case rules.ASKING:
                assert self.delivery.why

    def teardown(self) -> None:
        """Left alone, it settles."""
        try:
            self._settles()
        finally:
            transaction.set_rollback(True)
            self._undone.__exit__(None, None, None)

    def _settles(self) -> None:
        if self.stopped:
            self.stop_is_pressed_or_ends()
        for _ in range(12):
            self.goes(ANSWERED)
            self.orphans_are_found()
            self.is_looked_for(blind=False)
            self.a_person_decides()
            self.nothing_is_said_twice()
            self.what_the_house_says_is_so()
        assert self.delivery.state in {rules.ARRIVED, rules.REFUSED, rules.WITHHELD}

    def _queued(self) -> bool:
        self._time_passes()
        actions.promote(jobs.publish)
        return self.delivery.state == rules.QUEUED

    def _time_passes(self) -> None:
        """Until the next moment that it waits for."""
        past = database_now() - timedelta(minutes=1)
        Delivery.objects.filter(settled_at=None).update(due_at=past)
        Delivery.objects.exclude(absent_at=None).update(absent_at=past)


def _before(outcome: str) -> list[object]:
    errors = {NEVER: Unsure("?"), REFUSED: Refused("No."), BUSY: Later("Busy.", timedelta(0))}
    if outcome == THERE and LOG.texts:
        return [raises(Already("It is there."))]
    return [raises(errors[outcome])] if outcome in errors else []


def _after(outcome: str) -> list[object]:
    errors = {LOST: Unsure("No answer."), BROKEN: ValueError("ours")}
    return [raises(errors[outcome])] if outcome in errors else []


@pytest.mark.django_db
@pytest.mark.parametrize("network", [Findable, Keyed])
def test_in_any_course_of_events_it_is_said_once_or_known_not_to_be(network: NetworkClass) -> None:
    machine = type("Life", (Life,), {"network": network})
    with fakes(Findable, Keyed):
        run_state_machine_as_test(machine, settings=courses(12))

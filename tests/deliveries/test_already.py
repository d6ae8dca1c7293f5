"""A network refuses our words because it has them: a refusal, or evidence that they are there?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from oyez.deliveries.models import Delivery
from oyez.ledger.moment import database_now
from oyez.networks.contract import Already, Unsure
from tests.factories import a_post, the_delivery
from tests.fakes.networks import Log, raises
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)

THERE = Already("These words are there already.")


def absent_in_two_looks() -> None:
    """It was sent, not answered and not found; now it is sent once more."""
    a_post("Hello")
    run_jobs()
    past = database_now() - timedelta(minutes=1)
    Delivery.objects.update(due_at=past, absent_at=past)


def test_at_the_first_try_somebody_else_said_it(log: Log) -> None:
    log.trouble.append(raises(THERE))
    a_post("Hello")
    run_jobs()
    assert (the_delivery().state, the_delivery().why) == ("refused", str(THERE))


def test_after_a_try_without_an_answer_it_is_looked_for_and_adopted(log: Log) -> None:
    shown_late = lambda: log.shown.append(("", "Hello")) or raises(THERE)()  # noqa: E731
    log.trouble += [raises(Unsure("The line broke.")), shown_late]
    absent_in_two_looks()
    run_jobs()
    assert (log.texts, the_delivery().state, the_delivery().remote_id) == (
        ["Hello"],
        "arrived",
        "1",
    )


def test_where_it_cannot_be_found_a_person_is_asked_and_told(log: Log) -> None:
    log.trouble += [raises(Unsure("The line broke.")), raises(THERE)]
    absent_in_two_looks()
    run_jobs()
    past = database_now() - timedelta(minutes=1)
    Delivery.objects.update(due_at=past, absent_at=past)
    run_jobs()
    assert the_delivery().state == "asking"
    assert str(THERE) in the_delivery().why

"""Somebody has the record verified now: in the background, once, and with its progress."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection
from procrastinate.contrib.django.utils import connector_params

from oyez.kit import clock
from oyez.ledger import actions, jobs, queries
from oyez.ledger.actions import checking
from oyez.ledger.actor import NotAllowed
from oyez.ledger.models import Event, Verification, Verifying
from oyez.ledger.queries import whole
from oyez.people import actions as people
from oyez.people.models import Person
from oyez.people.rules import MONITORING_OFFICER, OFFICER, READER
from tests.factories import BY
from tests.jobs import run_jobs
from tests.ledger import spoiling
from tests.ledger.happening import things_happen

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("anchors")]


@pytest.fixture
def mo() -> Person:
    """The law lets them see the record, and no role does."""
    person = people.invite("mo@council.example", name="Mo", role=READER, by=BY)
    people.give(person, duties=[MONITORING_OFFICER], by=BY)
    return person


def test_it_is_done_once_by_a_worker_whoever_else_asks(mo: Person) -> None:
    things_happen(3)
    first = actions.have_verified(by=mo)
    assert actions.have_verified(by=BY) == first
    assert queries.verifying() == first
    assert not Verification.objects.exists()
    actions.chain_all()
    run_jobs()
    assert queries.verifying() is None
    assert Verification.objects.get().broken_at is None
    assert Event.objects.get(kind="ledger.verification_asked").by_name == "Mo"
    assert actions.have_verified(by=mo) != first


def test_how_far_it_is_is_seen_by_others_while_it_goes_on(
    mo: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    things_happen(3)
    asked, seen = actions.have_verified(by=mo), list[tuple[int, int]]()
    actions.chain_all()
    total, verify = queries.mark().position, checking.verify

    def watched(*, progress: checking.Progress) -> whole.Verdict:
        def tell(done: int, all_: int) -> None:
            progress(done, all_)
            seen.append(as_others_see(asked))

        return verify(progress=tell)

    monkeypatch.setattr(whole, "EACH", 1)
    monkeypatch.setattr(checking, "verify", watched)
    run_jobs()
    assert total > 3
    assert seen == [(place, total) for place in range(1, total + 1)]


def as_others_see(asked: Verifying) -> tuple[int, int]:
    """Over another line to the database: the walk is in a transaction of its own."""
    with psycopg.connect(**connector_params()) as line:
        row = line.execute("select done, of from ledger_verifying where id = %s", [asked.pk])
        return row.fetchone() or (0, 0)


def test_who_asked_is_on_record_for_what_is_found(mo: Person) -> None:
    things_happen(3)
    actions.chain_all()
    with connection.cursor() as cursor, spoiling.without_triggers(cursor.execute):
        one = "(select event from ledger_link where position = 2)"
        cursor.execute(f"update ledger_event set on_id = '99' where id = {one}")
    actions.have_verified(by=mo)
    run_jobs()
    found = Event.objects.get(kind="ledger.broken")
    assert (found.by_kind, found.by_id) == ("person", str(mo.pk))


def test_others_may_not(mo: Person) -> None:
    sam = people.invite("sam@council.example", role=OFFICER, by=BY)
    for begin in (actions.have_verified, actions.check):
        with pytest.raises(NotAllowed):
            begin(by=sam)
    assert not Verifying.objects.exists()


def test_what_no_job_is_left_for_hinders_nobody(mo: Person) -> None:
    Verifying.objects.create(asked_at=clock.now())
    assert queries.verifying() is None
    actions.have_verified(by=mo)
    assert queries.verifying()


def test_a_job_that_comes_again_after_it_was_done_does_nothing(mo: Person) -> None:
    asked = actions.have_verified(by=mo)
    run_jobs()
    event = Event.objects.get(kind="ledger.verification_asked")
    jobs.verify_record(asked.pk, event.pk)
    assert Verification.objects.count() == 1

"""Taking up what a worker, a thread or a database connection left half done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.db import OperationalError, connection
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from oyez.deliveries import actions, jobs, moment, shift
from oyez.deliveries.actions import promoting, sending
from oyez.deliveries.models import Delivery
from oyez.kit import clock
from oyez.ledger.deferring import defer
from oyez.ledger.jobs import rescue_at_start
from oyez.ledger.moment import database_now
from tests.factories import a_channel, a_post, the_delivery
from tests.fakes.networks import Findable, Log, Mute, fakes
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Findable, Mute) as log:
        yield log


def left_sending(worker: int) -> Delivery:
    """A delivery that a worker began to send long ago."""
    a_post("Hello")
    run_jobs()
    past = database_now() - timedelta(minutes=5)
    Delivery.objects.update(state="sending", worker=worker, touched_at=past, remote_id="")
    return the_delivery()


def test_what_this_worker_has_let_go_of_is_looked_for() -> None:
    left_sending(0)
    Delivery.objects.update(
        worker=shift.number()
    )  # as it lives now: run_jobs() ended the one before
    assert actions.doubt_orphans() == 1
    assert the_delivery().state == "unsure"


def test_what_this_worker_has_in_hand_is_left_alone() -> None:
    delivery = left_sending(shift.number())
    with shift.holding(delivery.pk):
        assert actions.doubt_orphans() == 0


def test_what_another_living_worker_has_in_hand_is_left_alone() -> None:
    with psycopg.connect(moment.address(), autocommit=True) as other:
        other.execute("select pg_advisory_lock(%s, 7)", [shift.LOCK_CLASS])
        left_sending(7)
        assert actions.doubt_orphans() == 0


def test_a_second_job_for_what_is_being_sent_does_nothing(log: Log) -> None:
    a_post("Hello")
    run_jobs()
    Delivery.objects.update(state="queued", remote_id="")
    with shift.holding(the_delivery().pk):
        actions.publish(the_delivery().pk)
    assert (log.texts, the_delivery().state) == (["Hello"], "queued")


def test_a_claim_outlasts_a_database_that_is_away(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim, away = sending.claim, [OperationalError("away"), psycopg.OperationalError("away")]

    def sometimes(delivery_id: int, watermark: str | None) -> Delivery | None:
        if away:
            raise away.pop()
        return claim(delivery_id, watermark)

    monkeypatch.setattr(sending, "claim", sometimes)
    a_post("Hello")
    run_jobs()
    assert (away, log.texts, the_delivery().state) == ([], ["Hello"], "arrived")


def test_a_promoter_frozen_in_the_middle_holds_nobody_up_for_long(log: Log) -> None:
    with psycopg.connect(moment.address()) as frozen:
        frozen.execute(promoting._ONE_AT_A_TIME)
        a_post("Hello")
        run_jobs()
        assert log.texts == ["Hello"]
        with pytest.raises(psycopg.errors.IdleInTransactionSessionTimeout):
            frozen.execute("select 1")


def test_the_last_sign_of_life_is_told_by_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.now()
    a_post("Hello", at=now)
    monkeypatch.setattr(clock, "now", lambda: now - timedelta(minutes=30))
    run_jobs()
    assert the_delivery().touched_at >= now


@pytest.mark.parametrize("meanwhile", ["waiting", "asking"])
def test_a_receipt_that_comes_late_is_still_proof(log: Log, meanwhile: str) -> None:
    def overtaken() -> None:
        Delivery.objects.update(state=meanwhile, why="It was not there.", unsure_at=clock.now())

    log.aftermath.append(overtaken)
    a_post("Hello", at=clock.now())
    run_jobs(passes=1)
    delivery = the_delivery()
    assert (log.texts, delivery.state, delivery.remote_id) == (["Hello"], "arrived", "1")


def test_an_answer_that_was_written_down_is_believed_before_anybody_is_asked(log: Log) -> None:
    a_post("Hello", to=[a_channel(Mute)])
    run_jobs()
    Delivery.objects.filter(channel__network=Mute.name).update(
        state="unsure", remote_id="", settled_at=None
    )
    run_jobs()
    assert (log.texts, the_delivery().state, the_delivery().remote_id) == (
        ["Hello"],
        "arrived",
        "1",
    )


@pytest.mark.parametrize(("alone", "then"), [(True, "todo"), (False, "doing")])
def test_a_worker_that_starts_alone_takes_up_what_was_in_hand(alone: bool, then: str) -> None:
    with psycopg.connect(moment.address(), autocommit=True) as other:
        if not alone:
            other.execute("select pg_advisory_lock(%s, 7)", [shift.LOCK_CLASS])
        defer(jobs.look, delivery_id=0)
        with connection.cursor() as cursor:
            cursor.execute("update procrastinate_jobs set status = 'doing'")
        start_a_shift()
        assert [job.status for job in ProcrastinateJob.objects.all()] == [then]


@async_to_sync
async def start_a_shift() -> None:
    with app.replace_connector(PsycopgConnector(conninfo=moment.address())):
        async with app.open_async():
            await rescue_at_start(sync_to_async(shift.is_alone))

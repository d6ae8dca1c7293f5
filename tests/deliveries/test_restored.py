"""What a backup brought back may have gone out since: it is looked for, and never merely sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from oyez.deliveries import jobs, rules
from oyez.deliveries.models import Delivery
from oyez.emergency import actions as emergency
from oyez.emergency import queries
from oyez.emergency.models import Stop
from oyez.emergency.rules import BY_RESTORE
from oyez.ledger.models import Event
from oyez.ledger.moment import database_now
from oyez.people import actions as people
from oyez.people.rules import console
from oyez.posts.models import Post
from tests.factories import BY, a_channel, a_post, the_delivery
from tests.fakes.networks import Findable, Log, Mute, fakes
from tests.jobs import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "The bridge is open again."
LONG_AGO = timedelta(minutes=5)


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Findable, Mute) as log:
        yield log


def brought_back(**more: object) -> None:
    """As `oyez db restore` leaves what had not gone out."""
    waiting = Delivery.objects.filter(state__in=[rules.WAITING, rules.QUEUED])
    waiting.update(state=rules.WAITING, evidence={rules.RESTORED: True}, **more)


def stopped_by_a_restore(stop: Stop) -> None:
    """What the record says of it then, see project/database_verbs.py."""
    known = {"kind": "emergency.stopped", "on_kind": "emergency.stop", "on_id": str(stop.pk)}
    by = {"by_kind": "console", "by_id": BY_RESTORE, "by_name": BY_RESTORE}
    Event.objects.create(**known, **by, at=stop.began_at)


def planned() -> Stop:
    stop = emergency.stop(None, why="Restored.", by=console("tester"))
    a_post(TEXT)
    run_jobs()
    return stop


def go_on() -> None:
    emergency.resume(None, by=console("tester"))
    run_jobs()


def a_clean_read_later() -> None:
    before = database_now() - LONG_AGO
    Delivery.objects.filter(state=rules.UNSURE).update(absent_at=before, due_at=before)
    run_jobs()


def test_what_is_there_is_adopted_while_sending_is_stopped(log: Log) -> None:
    planned()
    brought_back()
    log.shown.append(("a key that the backup does not know", TEXT))
    run_jobs()
    assert (the_delivery().state, the_delivery().remote_id, log.texts) == ("arrived", "1", [TEXT])


def test_what_is_not_there_goes_once_sending_goes_on(log: Log) -> None:
    planned()
    brought_back()
    run_jobs()
    a_clean_read_later()
    assert (the_delivery().state, log.texts) == ("waiting", [])
    assert the_delivery().why == "It was not found there, so it is still to be sent."
    go_on()
    assert (the_delivery().state, log.texts) == ("arrived", [TEXT])


def test_what_is_late_and_not_there_is_put_aside_and_asks_nobody(log: Log) -> None:
    planned()
    brought_back(not_after=database_now() - LONG_AGO, due_at=database_now() - 2 * LONG_AGO)
    run_jobs()
    a_clean_read_later()
    assert (the_delivery().state, log.texts) == ("withheld", [])


def test_what_is_late_and_there_is_not_called_unsent(log: Log) -> None:
    planned()
    brought_back(not_after=database_now() - LONG_AGO, due_at=database_now() - 2 * LONG_AGO)
    log.shown.append(("a key that the backup does not know", TEXT))
    run_jobs()
    assert the_delivery().state == "arrived"


def test_a_network_that_cannot_say_asks_a_person() -> None:
    emergency.stop(None, why="Restored.", by=console("tester"))
    a_post(TEXT, to=[a_channel(Mute)])
    run_jobs()
    brought_back()
    run_jobs()
    assert the_delivery().state == "asking"


def test_what_was_written_before_the_backup_and_planned_after_it_is_looked_for_too(
    log: Log,
) -> None:
    stopped_by_a_restore(planned())
    Delivery.objects.all().delete()  # the backup had not got so far
    Post.objects.update(made_at=database_now() - timedelta(days=1))
    log.shown.append(("a key that the backup does not know", TEXT))
    run_jobs()
    jobs.plan(Post.objects.get().pk)
    run_jobs()
    assert (the_delivery().state, log.texts) == ("arrived", [TEXT])


def test_a_stop_of_somebody_who_is_called_so_is_no_restore(log: Log) -> None:
    ann = people.invite("ann@council.example", name="Ann", role="officer", by=BY)
    ann.name = BY_RESTORE  # an earlier version let her
    a_post(TEXT, to=[a_channel()])
    emergency.stop(None, why="Storm", by=ann)
    assert queries.restored_at() is None
    stopped_by_a_restore(Stop.objects.get())
    assert queries.restored_at() == Stop.objects.get().began_at


def test_what_is_written_after_it_is_simply_sent(log: Log) -> None:
    stopped_by_a_restore(planned())
    go_on()
    a_post("Written since.", to=[the_delivery().channel])
    run_jobs()
    assert log.texts == [TEXT, "Written since."]

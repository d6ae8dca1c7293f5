"""Run everything that is runnable, in this process, as a worker would."""

from __future__ import annotations

from django.db import connections
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.contrib.django.utils import connector_params
from procrastinate.periodic import PeriodicRegistry

from oyez.deliveries import actions, shift
from oyez.deliveries import jobs as delivery_jobs
from oyez.feeds import actions as feeds
from oyez.people.rules import job


def run_jobs(*, passes: int = 10) -> None:
    """Work off the queue and the timers until nothing is left to do now."""
    for _ in range(passes):
        moved = feeds.release_due(by=job("feeds"))
        _work()
        actions.withhold_late(by=job("deliveries"))
        moved += actions.promote(delivery_jobs.publish)
        moved += actions.doubt_orphans() + actions.doubt_restored()
        moved += actions.hand_out_looks(delivery_jobs.look)
        _work()
        if not moved:
            break
    shift.end()  # as at the end of a worker's day


def _work() -> None:
    if not ProcrastinateJob.objects.filter(status="todo").exists():
        connections.close_all()
        return
    periodic, app.periodic_registry = app.periodic_registry, PeriodicRegistry()
    try:  # whatever the hour is at which the tests run, nothing is done because of it
        with app.replace_connector(_one_line()) as worker:
            worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
    finally:
        app.periodic_registry = periodic
    connections.close_all()


def _one_line() -> PsycopgConnector:
    """To the database: whoever works alone needs no more, and four are four processes there."""
    return PsycopgConnector(kwargs=connector_params(), min_size=1)

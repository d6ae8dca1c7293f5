"""How is work passed on? Jobs enqueued in Django's own transaction, and rescued when their worker
died.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import Job
from procrastinate.manager import JobManager
from procrastinate.tasks import Task

log = logging.getLogger(__name__)

STALLED_AFTER = 20  # seconds without a heartbeat; a worker beats every 5


def defer(job: Task[Any, Any, Any], *, lock: str | None = None, **arguments: Any) -> int:
    """Enqueue within the current transaction, in the web process and inside a worker alike.

    A worker swaps the app's connector, so `job.defer()` there escapes a rollback; this does not.
    """
    deferrer = job.configure(lock=lock)
    deferrer.job_manager = JobManager(DjangoConnector("default"))
    return deferrer.defer(**arguments)


@app.periodic(cron="* * * * * */20")  # six fields: seconds last
@app.task(queue="upkeep", queueing_lock="rescue")
async def rescue(timestamp: int) -> None:
    """Put the jobs of dead workers back into the queue."""
    await _put_back(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER))


async def rescue_at_start(alone: Callable[[], Awaitable[bool]]) -> None:
    """Put every job that was in hand back into the queue, before this worker takes one, if no
    other worker lives. `alone` is asked after looking: who came meanwhile had none of them.
    """
    in_hand = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=0))
    if in_hand and await alone():
        await _put_back(in_hand)


async def _put_back(jobs: Iterable[Job]) -> None:
    for job in jobs:
        log.warning("Job %s %s lost its worker and goes back to the queue.", job.id, job.task_name)
        await app.job_manager.retry_job(job)


@app.periodic(cron="17 3 * * *")
@app.task(queue="upkeep", queueing_lock="prune")
async def prune(timestamp: int) -> None:
    """Forget jobs that ended over three days ago; what they did is in the record."""
    await app.job_manager.delete_old_jobs(nb_hours=72, include_failed=True)

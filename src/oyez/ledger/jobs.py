"""What becomes of jobs whose worker died, and of those that are done? And is the record whole?"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable

from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from oyez.ledger import actions, queries
from oyez.ledger.actor import Keeper

log = logging.getLogger(__name__)

STALLED_AFTER = 20  # seconds without a heartbeat; a worker beats every 5


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


@app.periodic(cron="41 3 * * *")
@app.task(queue="upkeep", queueing_lock="check_record")
def check_record(timestamp: int) -> None:
    """Is the record whole? Once a day."""
    actions.check(by=Keeper())


@app.task(queue="upkeep")
def verify_record(on_id: int, event_id: int) -> None:
    """Now, as somebody asked for it."""
    asked, event = queries.asked(on_id), queries.event(event_id)
    actions.verify_asked(asked, by=actions.Finder(event.by_kind, event.by_id, event.by_name))

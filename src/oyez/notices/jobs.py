"""Notice work in the background: telling, and the e-mail, which may wait for a slow server."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from oyez.notices import actions

# Nothing else notices when a telling fails, so it is tried for about a day and a half.
AGAIN = RetryStrategy(max_attempts=16, exponential_wait=2)


@app.task(queue="notices", retry=AGAIN)
def tell(on_id: int, event_id: int) -> None:
    """Something happened: tell those whom it concerns."""
    actions.tell(event_id)


@app.task(queue="mail")
def deliver(posting_id: int) -> None:
    actions.deliver(posting_id)


@app.periodic(cron="* * * * *")
@app.task(queue="upkeep", queueing_lock="gather_digests")
def gather_digests(timestamp: int) -> None:
    """Whose hour for the digest has come?"""
    actions.gather_digests()

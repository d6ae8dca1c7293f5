"""What is forgotten in the background: counted tries, links and sessions that are over."""

from __future__ import annotations

from procrastinate.contrib.django import app

from oyez.people import forgetting


@app.periodic(cron="23 * * * *")
@app.task(queue="upkeep", queueing_lock="forget_entries")
def forget(timestamp: int) -> None:
    forgetting.forget()

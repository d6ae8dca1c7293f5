"""Channel work in the background."""

from __future__ import annotations

from procrastinate.contrib.django import app

from oyez.channels import actions, queries
from oyez.ledger.deferring import defer
from oyez.people.rules import job


@app.periodic(cron="23 * * * *")
@app.task(queue="upkeep", queueing_lock="check_channels")
def check_channels(timestamp: int) -> None:
    """Once an hour each channel is asked whether it is still ours."""
    for channel in queries.linked():
        defer(check_channel, channel_id=channel.pk)


@app.task(queue="checks")  # each may wait for a slow network
def check_channel(channel_id: int) -> None:
    channel = queries.linked().filter(pk=channel_id).first()
    if channel:
        actions.check(channel, by=job("channels"))

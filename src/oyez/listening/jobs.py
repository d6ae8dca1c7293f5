"""Looking at our own channels in the background, in a lane of its own."""

from __future__ import annotations

from procrastinate.contrib.django import app

from oyez.channels import queries as channels
from oyez.ledger.deferring import defer
from oyez.ledger.moment import database_now
from oyez.ledger.queries import has_job
from oyez.listening import actions, queries
from oyez.people.rules import job


@app.periodic(cron="* * * * *")
@app.task(queue="upkeep", queueing_lock="watch_channels")
def watch_channels(timestamp: int) -> None:
    """Each minute: whose turn is it?"""
    for channel in queries.due(database_now()):
        waiting = channels.linked().filter(has_job(watch_channel.name, "channel_id"), pk=channel.pk)
        if not waiting.exists():
            defer(watch_channel, channel_id=channel.pk)


@app.task(queue="watch")
def watch_channel(channel_id: int) -> None:
    channel = channels.linked().filter(pk=channel_id).first()
    if channel:
        actions.look(channel, by=job("listening"))

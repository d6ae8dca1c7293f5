"""Decision work in the background."""

from __future__ import annotations

from procrastinate.contrib.django import app

from oyez.decisions import actions, queries
from oyez.people.rules import job
from oyez.posts.models import Post


@app.task(queue="flow")
def open_review(on_id: int) -> None:
    """A post was handed in: decide, or ask."""
    actions.open_review(Post.objects.get(pk=on_id), by=job("decisions"))


@app.task(queue="flow")
def withdraw(on_id: int) -> None:
    """A post was taken back or thrown away: nobody is asked any more."""
    for review in queries.open_reviews().filter(post=on_id):
        actions.withdraw(review, by=job("decisions"))


@app.periodic(cron="* * * * *")
@app.task(queue="upkeep", queueing_lock="remind")
def remind(timestamp: int) -> None:
    """Who has been asked for long, or for something that is soon due?"""
    actions.remind(by=job("decisions"))

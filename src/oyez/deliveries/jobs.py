"""Delivery work in the background: publishing, and looking in a lane of its own."""

from __future__ import annotations

from procrastinate.contrib.django import app

from oyez.decisions import jobs as decision_jobs
from oyez.decisions import queries as decisions
from oyez.deliveries import actions, queries
from oyez.ledger.jobs import defer
from oyez.people.rules import job
from oyez.posts import jobs as post_jobs
from oyez.posts.models import Post


@app.task(queue="flow")
def plan(on_id: int) -> None:
    """A post was approved: put it on its way."""
    actions.plan(Post.objects.get(pk=on_id), by=job("deliveries"))


@app.task(queue="publish")
def publish(delivery_id: int) -> None:
    actions.publish(delivery_id)


@app.task(queue="looks")
def look(delivery_id: int) -> None:
    actions.look(delivery_id)


@app.periodic(cron="* * * * *")
@app.task(queue="upkeep", queueing_lock="sweep")
def sweep(timestamp: int) -> None:
    """Which rows should be moving and have no job? A lost job heals itself in minutes."""
    for item in queries.items_without_a_post():
        defer(post_jobs.draft_from_item, on_id=item.pk)
    for post in decisions.undecided():
        defer(decision_jobs.open_review, on_id=post.pk)
    for post in queries.approved_without_delivery():
        defer(plan, on_id=post.pk)
    queries.queued_without_a_job().update(state="waiting")

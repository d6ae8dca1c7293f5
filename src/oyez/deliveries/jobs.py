"""Delivery work in the background: publishing, and looking in a lane of its own."""

from __future__ import annotations

from hashlib import sha256

from django.db.models import QuerySet
from procrastinate.contrib.django import app
from procrastinate.tasks import Task

from oyez.decisions import actions as decide
from oyez.decisions import jobs as decision_jobs
from oyez.decisions import queries as decisions
from oyez.deliveries import actions, queries
from oyez.deliveries.moment import ring
from oyez.feeds.models import Item
from oyez.ledger.deferring import defer
from oyez.ledger.queries import has_job, is_waiting
from oyez.people.rules import job
from oyez.posts import jobs as post_jobs
from oyez.posts import queries as posts
from oyez.posts.models import Post

AT_ONCE = 500


@app.task(queue="flow")
def plan(on_id: int) -> None:
    """A post was approved: put it on its way."""
    actions.plan(Post.objects.get(pk=on_id), by=job("deliveries"))


@app.task(queue="flow")
def withhold_removed(on_id: int) -> None:
    """A channel was removed: what waited for it does not go."""
    while actions.withhold_removed(by=job("deliveries")):
        pass


@app.task(queue="flow")
def withhold_superseded(on_id: int) -> None:
    """A post was taken back or thrown away: what waits of it does not go."""
    actions.withhold_superseded(Post.objects.get(pk=on_id), by=job("deliveries"))


@app.task(queue="flow")
def go_on(on_id: int) -> None:
    """Something held was let go on: the timers look again."""
    ring()


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
    _restart(post_jobs.draft_from_item, queries.items_without_a_post())
    _restart(decision_jobs.open_review, decisions.undecided())
    _restart(plan, queries.approved_without_delivery())
    queries.queued_without_a_job().update(state="waiting")
    actions.withhold_removed(by=job("deliveries"))


def _restart(job: Task[..., None, ...], stuck: QuerySet[Item] | QuerySet[Post]) -> None:
    """A job for each that has none, a bounded number at once."""
    for pk in stuck.filter(~has_job(job.name)).values_list("pk", flat=True)[:AT_ONCE]:
        defer(job, on_id=pk)


@app.task(queue="flow")
def look_again(on_id: int) -> None:
    """What the checks go by was changed, a sensitive period or a register: all that has not left is
    looked at, the soonest first; also what waits though its time has come. Of many changes the last
    one looks for all.
    """
    if is_waiting(look_again.name):
        return
    for post in dict.fromkeys([*queries.waiting_past_their_time(), *decisions.still_to_go()]):
        _look_again(post, cause="circumstances")


@app.task(queue="flow")
def look_again_at_its_uses(on_id: int) -> None:
    """What is known of a picture was changed, or who agrees to be seen in it: every message that
    shows it is looked at.
    """
    for post in posts.holding(on_id).filter(state=Post.State.SUBMITTED):
        _look_again(post, cause="picture")


def _look_again(post: Post, *, cause: str) -> None:
    if here := queries.here(post):
        decide.re_evaluate(post, here=here, cause=cause, by=job("deliveries"))


@app.task(queue="checks")  # each may wait for a slow site
def follow_links(on_id: int) -> None:
    """A message was handed in, or its links want a look: see where they lead."""
    post = Post.objects.get(pk=on_id)
    unknown = decisions.links_wanting_a_look(decisions.links_of(post.draft))
    for link in unknown:
        one_at_a_time = f"link {sha256(link.encode()).hexdigest()}"
        defer(follow_link, lock=one_at_a_time, on_id=on_id, link=link)
    if not unknown:
        _heed_links(post)


@app.task(queue="checks")
def follow_link(on_id: int, link: str) -> None:
    decide.follow(link)
    _heed_links(Post.objects.get(pk=on_id))


def _heed_links(post: Post) -> None:
    """What is dead holds back what was approved; what lives again lets it go on."""
    known = decisions.followed(decisions.links_of(post.draft))
    if known and post.state == Post.State.SUBMITTED:
        _look_again(post, cause="link")


@app.periodic(cron="* * * * *")
@app.task(queue="upkeep", queueing_lock="tend_links")
def tend_links(timestamp: int) -> None:
    """Which links want a look by now, and which looks are too old to be believed?"""
    decide.forget_looks()
    _restart(follow_links, decisions.posts_wanting_a_look().filter(~has_job(follow_link.name)))

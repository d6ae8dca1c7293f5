"""Decision work in the background."""

from __future__ import annotations

from procrastinate.contrib.django import app

from oyez.decisions import actions
from oyez.people.rules import job
from oyez.posts.models import Post


@app.task(queue="flow")
def open_review(on_id: int) -> None:
    """A post was handed in: decide, or ask."""
    actions.open_review(Post.objects.get(pk=on_id), by=job("decisions"))

"""Practice work in the background."""

from __future__ import annotations

from procrastinate.contrib.django import app

from oyez.channels import queries as channels
from oyez.people.rules import job
from oyez.practice import opening, queries


@app.task(queue="flow")
def end_sample_when_real(on_id: int) -> None:
    """A channel was linked: with the first real one the sample has done its work."""
    if channels.real().filter(pk=on_id).exists():
        opening.end_sample(why=opening.REAL_NOW, by=job("practice"))


@app.task(queue="flow")
def end_sample_when_over(on_id: int) -> None:
    """An item arrived: after the sample's last one its feed is asked no more."""
    if queries.sample_is_over() and opening.is_of_the_sample(on_id):
        opening.end_sample(why=opening.ALL_CAME, by=job("practice"))

"""Post work in the background."""

from __future__ import annotations

from procrastinate.contrib.django import app

from oyez.feeds.models import Item
from oyez.people.models import Person
from oyez.people.rules import Machine, job
from oyez.posts import actions


@app.task(queue="flow")
def draft_from_item(on_id: int) -> None:
    """An item arrived: make the message its feed's rule asks for."""
    item = Item.objects.select_related("feed").get(pk=on_id)
    actions.draft_from_item(item, by=Machine("feed", str(item.feed_id), f"Feed {item.feed.name}"))


@app.task(queue="flow")
def end_links_of(on_id: int) -> None:
    """Somebody has gone, or may do less: the links that they gave away end with it."""
    actions.end_links_of(Person.objects.get(pk=on_id), by=job("posts"))


@app.periodic(cron="* * * * *")
@app.task(queue="upkeep", queueing_lock="repeat")
def repeat(timestamp: int) -> None:
    """Which messages that come again are to be drafted by now?"""
    actions.make_due(by=job("posts"))

"""How does practice get into the control room? Its channel and its sample feed, made once.

Wherever the practice server listens today (a port may change between starts) the channel follows.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet

from oyez.channels import actions as channel_actions
from oyez.channels import queries as channels
from oyez.channels.models import Channel
from oyez.feeds import actions as feed_actions
from oyez.feeds.models import Feed
from oyez.ledger.actor import Actor
from oyez.networks import registry
from oyez.networks.contract import Standing
from oyez.practice import actions

COUNCIL = "Tamarshire Council"
SAMPLE = "/sample.xml"
SAMPLE_EVERY = timedelta(seconds=10)


def open_practice(*, by: Actor) -> None:
    """Link the practice channel and start the sample. Twice is once.

    Raises Refusal while the practice server does not answer yet.
    """
    channel = _channel(by=by)
    if channels.real().exists() or _sample_feeds().exists():
        return
    actions.start_sample()
    feed_actions.add(
        settings.OYEZ.practice_url + SAMPLE,
        to=[channel],
        by=by,
        trust=Feed.Trust.AUTOMATIC,
        template="{title}\n\n{summary} {link}",  # long ones show how words are shortened
        settle=timedelta(0),
        flood_cap=0,
        every=SAMPLE_EVERY,
    )


def _channel(*, by: Actor) -> Channel:
    """The practice channel, linked to where the practice server is today."""
    address = settings.OYEZ.practice_url
    known = channels.pretend().first()
    if known and known.facts.get("server") == address:
        return known
    (network,) = registry.standing(Standing.PRETEND)
    answers = {"server": address, "secret": actions.make_token(COUNCIL)}
    if known:
        return channel_actions.link_again(known, answers, by=by)
    return channel_actions.link(network.name, answers, name=network.title, by=by)


REAL_NOW = "The sample has ended because a channel on a real network is linked."
ALL_CAME = "The sample has ended: all its notices have come."


def end_sample(*, why: str, by: Actor) -> None:
    """No more sample items."""
    actions.stop_sample()
    for feed in _sample_feeds().filter(state=Feed.State.ACTIVE):
        feed_actions.pause(feed, why=why, by=by)


def is_of_the_sample(item_id: int) -> bool:
    return _sample_feeds().filter(items=item_id).exists()


def _sample_feeds() -> QuerySet[Feed]:
    return Feed.objects.filter(url__startswith="http://127.0.0.1:", url__endswith=SAMPLE)

"""Which words does an item get on a channel? Its rule's template, shortened the network's way."""

from __future__ import annotations

from typing import Protocol

from oyez.channels import queries as channels
from oyez.channels.models import Channel
from oyez.feeds import rules as feed_rules
from oyez.networks.contract import Refused
from oyez.networks.fit import shorten

IN_FULL = "{title}\n\n{summary}\n\n{link}"
CANNOT_FIT = "It cannot be made to fit: its link is too long, or it has no words."


class Told(Protocol):
    """An item, or an entry that is not ours yet."""

    @property
    def title(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def url(self) -> str: ...


def words(told: Told, channel: Channel, template: str, feed: str) -> str:
    """The words for this channel; empty when they cannot be made to fit.

    An item without a title is told by its summary, never by a bare link.
    """
    text = feed_rules.render(
        template, title=told.title or told.summary, summary=told.summary, link=told.url, feed=feed
    )
    link = told.url if told.url and told.url in text else ""
    try:
        return shorten(text, link, channels.network_of(channel).limits)
    except Refused:
        return ""

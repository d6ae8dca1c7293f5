"""Bringing feeds along from another reader: all that can be read come in, or none."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from oyez.channels.models import Channel
from oyez.feeds import events
from oyez.feeds.actions.steering import begin
from oyez.feeds.lists import Line
from oyez.feeds.models import Feed
from oyez.kit import clock
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.acts import act


def bring(lines: Sequence[Line], *, to: Sequence[Channel], by: Actor) -> list[Feed]:
    """Add the feeds that were read, each only watched; what is in them now is taken as seen.

    All or none: raises Refusal when there is none to add, or somebody adds one at this moment.
    """
    good = [line for line in lines if line.reading and line.reading.document]
    if not good:
        raise Refusal("None of these feeds can be added.")
    try:
        with transaction.atomic():
            return [_bring(line, to, by=by) for line in good]
    except IntegrityError as error:
        raise Refusal("Somebody is adding one of these feeds just now. Look again.") from error


def _bring(line: Line, to: Sequence[Channel], *, by: Actor) -> Feed:
    assert line.reading
    feed = Feed(url=line.url, name=line.name, added_at=clock.now())
    with act(events.ADDED, on=feed, by=by):
        begin(feed, line.reading, to, {})
    return feed

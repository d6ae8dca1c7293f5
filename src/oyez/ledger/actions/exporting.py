"""Taking a copy of the record; that it was taken is recorded too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from oyez.ledger import events
from oyez.ledger.actions.chaining import chain_all
from oyez.ledger.actor import Actor
from oyez.ledger.acts import act, refuse_unless
from oyez.ledger.models import Link
from oyez.ledger.queries.exporting import Part, lines, part


def export(
    format_: str, since: datetime | None = None, until: datetime | None = None, *, by: Actor
) -> tuple[Part, Iterator[str]]:
    """Which links the copy holds, and its lines, as they are asked for; since and until as said,
    `until` not included.
    """
    refuse_unless(events.EXPORTED, on=None, by=by)
    chain_all()
    wanted = part(since, until)
    said = {"format": format_, "first": wanted.first, "last": max(wanted.last, 0)}
    with act(events.EXPORTED, on=Link(position=max(wanted.last, 0)), by=by, **said):
        pass
    return wanted, lines(wanted, format_)

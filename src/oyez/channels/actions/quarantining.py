"""Nothing leaves by a channel that somebody else may be using, until a person has answered."""

from __future__ import annotations

from django.db import transaction

from oyez.channels import events
from oyez.channels.models import Channel
from oyez.ledger.actor import Actor
from oyez.ledger.acts import act


def quarantine(channel: Channel, *, by: Actor) -> None:
    """Nothing new leaves by it. Saying so again changes nothing."""
    _move(channel, Channel.State.ACTIVE, Channel.State.QUARANTINED, by=by)


def let_out(channel: Channel, *, by: Actor) -> None:
    """It sends again; what was not in quarantine stays as it is."""
    _move(channel, Channel.State.QUARANTINED, Channel.State.ACTIVE, by=by)


def _move(channel: Channel, before: str, after: str, *, by: Actor) -> None:
    kind = events.QUARANTINED if after == Channel.State.QUARANTINED else events.LET_OUT
    with transaction.atomic():
        current = Channel.objects.select_for_update().get(pk=channel.pk)
        if current.state != before:
            return
        current.state = after
        with act(kind, on=current, by=by):
            current.save(update_fields=["state"])

"""Stop and resume."""

from __future__ import annotations

from oyez.channels.models import Channel
from oyez.emergency import events, queries
from oyez.emergency.models import Stop
from oyez.kit import clock
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.acts import act, refuse_unless


def stop(channel: Channel | None, *, why: str, by: Actor) -> Stop:
    """Nothing new leaves by this channel, or by any; what waits goes on waiting. Saying it twice is
    one stop, with the reason that was given first.
    """
    if not why.strip():
        raise Refusal("Say why, so that the next person on duty knows.")
    standing = queries.in_force().filter(channel=channel).first()
    if standing:
        return standing
    new = Stop(channel=channel, why=why.strip()[:300], by_name=by.name, began_at=clock.now())
    with act(events.STOPPED, on=new, by=by, why=new.why[:200]):
        new.save()
    return new


def resume(channel: Channel | None, *, by: Actor) -> Stop:
    """End the stop. What is still in time goes out; what is late is withheld and shown."""
    standing = queries.in_force().filter(channel=channel).first()
    refuse_unless(events.RESUMED, on=standing or Stop(channel=channel), by=by)
    if not standing:
        raise Refusal(f"Sending by {channel} is not stopped." if channel else "Nothing is stopped.")
    standing.ended_at = clock.now()
    with act(events.RESUMED, on=standing, by=by):
        standing.save(update_fields=["ended_at"])
    return standing

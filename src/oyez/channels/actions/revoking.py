"""Ending our own access to a channel, for when somebody else may have it."""

from __future__ import annotations

from dataclasses import dataclass

from oyez.channels import events, queries
from oyez.channels.models import Channel, Secret
from oyez.kit import clock
from oyez.ledger.actor import Actor
from oyez.ledger.acts import act
from oyez.networks.contract import NetworkError, Revokes, Standing

OURS = "It is this house itself: nobody has a token for it."
ENDED = "Our access was ended because somebody else may have had it. Link the channel again."


@dataclass(frozen=True, slots=True)
class Revocation:
    """What was ended there, what a person must end by hand, and what went wrong; in sentences."""

    done: tuple[str, ...] = ()
    by_hand: str = ""
    trouble: str = ""


def revoke(channel: Channel, *, by: Actor) -> Revocation:
    """End our tokens there as far as the network lets us, and destroy ours. Nothing is sent there
    until it is linked again. Where the network cannot be asked they stay, to be tried once more.
    """
    if channel.standing is Standing.OURS:
        return Revocation((OURS,))
    network = queries.network_of(channel)
    try:
        done = tuple(network.revoke()) if isinstance(network, Revokes) else ()
    except NetworkError as error:
        return Revocation(by_hand=queries.by_hand(channel), trouble=str(error))
    channel.health, channel.health_why = Channel.Health.SIGNED_OUT, ENDED
    channel.checked_at = clock.now()
    with act(events.REVOKED, on=channel, by=by, ended=len(done)):
        channel.save(update_fields=["health", "health_why", "checked_at"])
        Secret.objects.filter(channel=channel).delete()
    return Revocation((*done, "Our own copy of the tokens is destroyed."), queries.by_hand(channel))


def rehearse(channel: Channel, *, by: Actor) -> Revocation:
    """The same in a drill: the network is asked whether it would answer, and nothing is ended."""
    if channel.standing is Standing.OURS:
        return Revocation((OURS,))
    try:
        queries.network_of(channel).check()
    except NetworkError as error:
        return Revocation(by_hand=queries.by_hand(channel), trouble=str(error))
    return Revocation(("It answers; nothing was ended.",), queries.by_hand(channel))

"""Why may nothing go out by a channel now?"""

from __future__ import annotations

from oyez.channels.models import Channel
from oyez.deliveries.models import Delivery
from oyez.emergency import queries as emergency


def pausing(delivery: Delivery) -> str:
    """What holds the delivery's channel back at this moment, in a sentence; empty if nothing."""
    channel = Channel.objects.get(pk=delivery.channel_id)
    if stop := emergency.stop_on(channel):
        return f"Sending is stopped: {stop.why}"
    if channel.health == Channel.Health.SIGNED_OUT:
        return "The channel is signed out. Link it again."
    if channel.state == Channel.State.QUARANTINED:
        return "Something stands there that we did not send: say first whether it was us."
    if channel.state != Channel.State.ACTIVE:
        return f"The channel is {channel.get_state_display().lower()}."
    return ""

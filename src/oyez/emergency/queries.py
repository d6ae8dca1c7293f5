"""Is anything stopped?"""

from __future__ import annotations

from django.db.models import Q, QuerySet

from oyez.channels.models import Channel
from oyez.emergency.models import Stop


def in_force() -> QuerySet[Stop]:
    return Stop.objects.filter(ended_at=None).select_related("channel").order_by("began_at")


def stop_on(channel: Channel) -> Stop | None:
    """The stop that keeps this channel silent, if there is one."""
    return in_force().filter(Q(channel=None) | Q(channel=channel)).first()

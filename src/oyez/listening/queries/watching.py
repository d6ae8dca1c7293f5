"""Which channels want a look, and what did the last looks find?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from oyez.channels import queries as channels
from oyez.channels.models import Channel
from oyez.ledger.moment import database_now
from oyez.listening import rules
from oyez.listening.models import Stray, Watch
from oyez.networks.contract import Shows


def watchable() -> list[Channel]:
    """Channels whose network shows what others post as us, and lets us look."""
    signed_in = channels.linked().exclude(health=Channel.Health.SIGNED_OUT)
    return [one for one in signed_in if issubclass(one.network_class, Shows)]


def due(now: datetime) -> list[Channel]:
    """Those that want a look, the longest waiting first."""
    later = set(Watch.objects.filter(next_at__gt=now).values_list("channel_id", flat=True))
    return [one for one in watchable() if one.pk not in later]


def watch_of(channel: Channel) -> Watch | None:
    return Watch.objects.filter(channel=channel).first()


def suspected(channel: Channel) -> QuerySet[Stray]:
    return Stray.objects.filter(channel=channel, state=Stray.State.SUSPECTED).order_by("-pk")


def unanswered() -> QuerySet[Stray]:
    """What somebody must answer for, the newest first."""
    found = Stray.objects.filter(state=Stray.State.ALARM).select_related("channel")
    return found.exclude(channel__state=Channel.State.RETIRED).order_by("-seen_at", "-pk")


def strays(channel: Channel) -> QuerySet[Stray]:
    """All that was ever seen there since our first look and was not sent by us."""
    found = Stray.objects.filter(channel=channel).exclude(state=Stray.State.BEFORE)
    return found.order_by("-seen_at", "-pk")


def alarmed() -> QuerySet[Channel]:
    """Channels with something unanswered, and how much."""
    waiting = Count("strays", filter=Q(strays__state=Stray.State.ALARM))
    return channels.linked().annotate(waiting=waiting).filter(waiting__gt=0)


def troubles() -> list[str]:
    """For the health page, in words."""
    shown = [
        f"{channel} shows something that we did not send. See: oyez hijack" for channel in alarmed()
    ]
    unlooked = [f"Nobody has been able to look at {channel} lately." for channel in unseen()]
    return [*shown, *unlooked, *_blind()]


def _blind() -> list[str]:
    """New posts are seen there, and nothing else."""
    found = (
        Watch.objects.exclude(blind="").filter(channel__in=watchable()).select_related("channel")
    )
    return [
        f"Changes of old posts and of the profile are not seen on {watch.channel}: {watch.blind}"
        for watch in found
    ]


def unseen() -> list[Channel]:
    """Channels that nobody has been able to look at for a while, though they may be looked at."""
    blind = Watch.objects.filter(
        Q(looked_at=None) | Q(looked_at__lt=database_now() - rules.BLIND_AFTER)
    )
    some = set(blind.values_list("channel_id", flat=True))
    return [one for one in watchable() if one.pk in some]


def health(report: Mapping[str, object]) -> dict[str, object]:
    """The same report with what we saw; nothing is well while somebody may be posting as us."""
    count = unanswered().count()
    return {**report, "well": bool(report["well"]) and not count, "not_sent_by_us": count}

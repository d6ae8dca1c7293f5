"""How does a stop read? As a sentence, as a row for each channel, and as the red strip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from oyez.channels import queries as channels
from oyez.emergency import events, queries
from oyez.web.rights import may
from oyez.web.strip import Strip, provide
from oyez.web.who import called

if TYPE_CHECKING:
    from oyez.channels.models import Channel
    from oyez.emergency.models import Stop


@dataclass(frozen=True, slots=True)
class Line:
    """The house or one channel: stopped by whom, since when and why, or not; and what to do."""

    name: str
    stop_href: str
    resume_href: str
    why: str = ""
    by: str = ""
    since: datetime | None = None


def house(request: HttpRequest) -> Line:
    """The stop on everything, if there is one."""
    standing = queries.in_force().filter(channel=None).first()
    may_resume = may(request, events.RESUMED, standing)
    resume = reverse("stop:resume_all") if may_resume else ""
    return _line(_("All channels"), reverse("stop:all"), resume, standing)


def each_channel(request: HttpRequest) -> list[Line]:
    stops = {stop.channel_id: stop for stop in queries.in_force()}
    return [
        _line(
            channel.name,
            reverse("stop:channel", args=[channel.pk]),
            _resume(request, channel),
            stops.get(channel.pk),
        )
        for channel in channels.linked()
    ]


def _resume(request: HttpRequest, channel: Channel) -> str:
    if not may(request, events.RESUMED, channel):
        return ""
    return reverse("stop:resume_channel", args=[channel.pk])


def _line(name: str, stop: str, resume: str, standing: Stop | None) -> Line:
    if not standing:
        return Line(name, stop, resume)
    return Line(name, stop, resume, standing.why, called(standing.by_name), standing.began_at)


def sentence() -> str:
    """What is stopped, in one sentence."""
    stops = list(queries.in_force())
    if not stops:
        return _("Nothing is stopped. Messages go out at their time.")
    if any(stop.channel is None for stop in stops):
        return _("All sending is stopped.")
    if len(stops) == 1:
        return _("Sending by %s is stopped.") % stops[0].channel
    return _("%d channels are stopped.") % len(stops)


@provide
def strip(request: HttpRequest) -> Strip | None:
    """Red on every page while anything is stopped."""
    stops = list(queries.in_force())
    if not stops:
        return None
    whole = next((stop for stop in stops if stop.channel is None), None)
    return Strip(
        "stop",
        sentence(),
        Truncator((whole or stops[0]).why).chars(100),
        _("See what is stopped"),
        reverse("stop:show"),
    )

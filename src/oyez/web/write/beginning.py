"""With which words does a new message begin? Empty, or those of a template."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from oyez.channels import queries as channels
from oyez.kit import clock
from oyez.posts import events, queries
from oyez.posts.draft import Draft
from oyez.requests import queries as requests
from oyez.web.failures import found
from oyez.web.numbers import number
from oyez.web.rights import me

NINE = 9


def begun_with(request: HttpRequest) -> Draft:
    """The draft that the address asks for: `?template=3`, `?on=2027-05-06`."""
    usual = channels.open_to(me(request), events.STARTED, channels.usual())
    draft = Draft(to=tuple(channel.pk for channel in usual))
    if (pk := number(request.GET.get("template", ""))) is not None:
        draft = found(queries.template, pk).draft.going_to(draft.to)
    if (pk := number(request.GET.get("request", ""))) is not None:
        asked = found(requests.one, pk)
        draft = draft.saying(requests.words(asked)).asked_by(asked.pk)
    return _for_a_day(draft, request.GET.get("on", ""))


def _for_a_day(draft: Draft, on: str) -> Draft:
    """At nine in the morning of that day, or at the next full hour of today."""
    try:
        day = date.fromisoformat(on)
    except ValueError:
        return draft
    now = timezone.localtime(clock.now())
    hour = NINE if day > now.date() else min(now.hour + 1, 23)
    wall = datetime.combine(day, time(hour)).isoformat(timespec="minutes")
    return replace(draft, wall=wall, zone=settings.TIME_ZONE)

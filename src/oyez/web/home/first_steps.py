"""What is a new house told to do first? Only what is still to be done, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.http import HttpRequest

from oyez.channels import events as channel_events
from oyez.channels import queries as channels
from oyez.decisions import events as decision_events
from oyez.decisions import queries as decisions
from oyez.feeds import events as feed_events
from oyez.people import factors, providers
from oyez.web.rights import may
from oyez.web.signin.required import lacks_factor, needs_one

if TYPE_CHECKING:
    from oyez.people.models import Person


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """What is left to do for this person until somebody outside can hear the house."""

    wall: str  # the address of the practice wall; empty without it
    lacks_way_in: bool  # nothing but the link that let them in once
    lacks_factor: bool
    may_link: bool
    may_add: bool
    asks_who_approves: bool
    may_say_who_approves: bool


def first_steps(request: HttpRequest) -> FirstSteps | None:
    """None once the house has a channel on which somebody outside can hear it."""
    if channels.real().exists():
        return None
    return FirstSteps(
        wall=settings.OYEZ.practice_url if settings.OYEZ.practice else "",
        lacks_way_in=not _has_way_in(cast("Person", request.user)),
        lacks_factor=needs_one(request) and lacks_factor(request),
        may_link=may(request, channel_events.LINKED),
        may_add=may(request, feed_events.ADDED),
        asks_who_approves=not decisions.was_said_who_approves(),
        may_say_who_approves=may(request, decision_events.STEPS_SET),
    )


def _has_way_in(person: Person) -> bool:
    own = person.has_usable_password() or factors.has_passkey(person)
    return own or providers.links(person).exists()

"""Which pages does the policy have, and does it wait for whoever is looking?"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from oyez.policy import events, queries
from oyez.web.places import Shown
from oyez.web.rights import may

if TYPE_CHECKING:
    from oyez.people.models import Person


def tabs(request: HttpRequest, current: str) -> list[Shown]:
    pages = [
        ("policy:show", _("The document")),
        ("policy:checks", _("Checks")),
        ("policy:try", _("Try a check")),
        ("policy:replay", _("Replay a message")),
    ]
    if may(request, events.FACT_SET):
        pages.append(("policy:house", _("Our house")))
    return [Shown(label, reverse(name), "page" if name == current else "") for name, label in pages]


def waits(request: HttpRequest) -> bool:
    """Has the person who looks still to acknowledge the policy in force?"""
    return not queries.has_acknowledged(cast("Person", request.user))

"""Which partners are there, and whose agreement holds?"""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from oyez.kit import clock
from oyez.ledger.actor import Refusal
from oyez.partners.models import Partner


def register() -> QuerySet[Partner]:
    """All that are not retired, by name."""
    return Partner.objects.filter(retired_at=None).order_by(Lower("name"), "pk")


def in_force(day: date) -> QuerySet[Partner]:
    """Those whose agreement holds on this day; one without an end holds until it is retired."""
    return register().filter(Q(agreement_until=None) | Q(agreement_until__gte=day))


def retired() -> QuerySet[Partner]:
    return Partner.objects.exclude(retired_at=None).order_by("-retired_at", "-pk")


def one(pk: int) -> Partner:
    """The partner of this number. Raises Refusal."""
    if found := Partner.objects.filter(pk=pk).first():
        return found
    raise Refusal(f"There is no partner {pk}. See: oyez partners list")


def today() -> date:
    """The day on the wall of the house."""
    return clock.now().astimezone(ZoneInfo(settings.TIME_ZONE)).date()

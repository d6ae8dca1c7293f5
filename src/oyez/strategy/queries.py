"""Which campaigns run?"""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, QuerySet

from oyez.kit import clock
from oyez.ledger.actor import Refusal
from oyez.strategy.models import Campaign


def open_campaigns() -> QuerySet[Campaign]:
    """Those not closed, by their first day."""
    return Campaign.objects.filter(closed_at=None).order_by(
        F("begins_on").asc(nulls_last=True), "name", "pk"
    )


def closed_campaigns() -> QuerySet[Campaign]:
    return Campaign.objects.exclude(closed_at=None).order_by("-closed_at", "-pk")


def one(pk: int) -> Campaign:
    """The campaign of this number. Raises Refusal."""
    if found := Campaign.objects.filter(pk=pk).first():
        return found
    raise Refusal(f"There is no campaign {pk}. See: oyez campaigns list")


def today() -> date:
    """The day on the wall of the house."""
    return clock.now().astimezone(ZoneInfo(settings.TIME_ZONE)).date()

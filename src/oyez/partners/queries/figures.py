"""Who and what is political on a day?"""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from oyez.ledger.actor import Refusal
from oyez.partners.models import Figure, Topic
from oyez.partners.rules.figures import Said


def figures() -> QuerySet[Figure]:
    """All that are not retired, by name."""
    return Figure.objects.filter(retired_at=None).order_by(Lower("name"), "kind", "pk")


def figures_on(day: date) -> QuerySet[Figure]:
    """Those who are what the register says on this day."""
    begun = Q(from_on=None) | Q(from_on__lte=day)
    return figures().filter(begun, Q(to_on=None) | Q(to_on__gte=day))


def same_figure(said: Said) -> Figure | None:
    """Who stands there already under this name, kind and area."""
    return figures().filter(
        name__iexact=said.name, kind=said.kind, area__iexact=said.area
    ).first()  # fmt: skip


def figure(pk: int) -> Figure:
    """The entry of this number. Raises Refusal."""
    if found := Figure.objects.filter(pk=pk).first():
        return found
    raise Refusal(f"There is no entry {pk} in the political register. See: oyez figures list")


def topics() -> QuerySet[Topic]:
    """All that are not retired."""
    return Topic.objects.filter(retired_at=None).order_by(Lower("words"), "pk")


def topics_on(day: date) -> QuerySet[Topic]:
    """Those that are controversial on this day."""
    return topics().filter(Q(until_on=None) | Q(until_on__gte=day))


def topic(pk: int) -> Topic:
    """The topic of this number. Raises Refusal."""
    if found := Topic.objects.filter(pk=pk).first():
        return found
    raise Refusal(f"There is no topic {pk}. See: oyez topics list")

"""Who did what, when, and on what? What happened, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db.models import Q, QuerySet

from oyez.ledger.actor import Refusal
from oyez.ledger.events import all_kinds
from oyez.ledger.models import Event

Pair = tuple[str, str]  # kind and id


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the record somebody wants to see. `who` without an id is everybody of that kind;
    `until` is not included; `what` is a kind of event,
    or a package for all of its kinds; `before` is where the last page ended.
    """

    who: Pair | None = None
    what: str = ""
    on: Pair | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: tuple[datetime, int] | None = None


def record(wanted: Wanted) -> QuerySet[Event]:
    """The events that are wanted, newest first. Raises Refusal for a kind that there is not."""
    found = Event.objects.order_by("-at", "-id")
    if wanted.who:
        kind, number = wanted.who
        found = found.filter(by_kind=kind, **({"by_id": number} if number else {}))
    if wanted.on:
        found = found.filter(on_kind=wanted.on[0], on_id=wanted.on[1])
    if wanted.what:
        found = found.filter(kind__in=_kinds(wanted.what))
    if wanted.since:
        found = found.filter(at__gte=wanted.since)
    if wanted.until:
        found = found.filter(at__lt=wanted.until)
    if wanted.before:
        at, pk = wanted.before
        found = found.filter(Q(at__lt=at) | Q(id__lt=pk), at__lte=at)
    return found


def _kinds(what: str) -> list[str]:
    kinds = [name for name in all_kinds() if what in (name, name.partition(".")[0])]
    if not kinds:
        packages = ", ".join(areas())
        raise Refusal(f"Nothing of the kind “{what}” can happen here. There is: {packages}.")
    return kinds


def areas() -> Sequence[str]:
    """The packages in which something can happen."""
    return sorted({name.partition(".")[0] for name in all_kinds()})


def thing(said: str) -> Pair:
    """`post:12`, or in full `posts.post:12`, as the record names a thing. Raises Refusal."""
    kind, _, number = said.partition(":")
    labels = [model._meta.label_lower for model in apps.get_models()]
    found = [label for label in labels if kind in (label, label.partition(".")[2])]
    if len(found) != 1 or not number:
        raise Refusal(f"“{said}” names no thing here. Name one like post:12 or channels.channel:3.")
    return found[0], number

"""What has happened to this, and is there a job for it?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import models
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from procrastinate.contrib.django.models import ProcrastinateJob

from oyez.ledger.models import Event


def history(on: models.Model) -> models.QuerySet[Event]:
    """Everything that happened to one thing, oldest first."""
    return Event.objects.filter(on_kind=on._meta.label_lower, on_id=str(on.pk)).order_by("id")


def event(pk: int) -> Event:
    """The event of this number; an event is never deleted."""
    return Event.objects.get(pk=pk)


def has_job(task: str, argument: str = "on_id") -> models.Exists:
    """Is a job of this task waiting or in hand for the row? For a filter on rows by their id."""
    jobs = ProcrastinateJob.objects.filter(task_name=task, status__in=["todo", "doing"])
    row = Cast(KT(f"args__{argument}"), models.BigIntegerField())
    return models.Exists(jobs.annotate(row=row).filter(row=models.OuterRef("pk")))


def is_waiting(task: str) -> bool:
    """Does a job of this task wait to be taken in hand?"""
    return ProcrastinateJob.objects.filter(task_name=task, status="todo").exists()


def ever(kind: str) -> bool:
    """Has it happened here, to whatever?"""
    return Event.objects.filter(kind=kind).exists()


def last_at(kinds: Collection[str], *, since: datetime, **data: object) -> datetime | None:
    """When one of these kinds, with these data, last happened since then."""
    found = Event.objects.filter(kind__in=kinds, at__gte=since, data__contains=data)
    return found.order_by("-at").values_list("at", flat=True).first()

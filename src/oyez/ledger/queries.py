"""What has happened to this?"""

from __future__ import annotations

from django.db import models

from oyez.ledger.models import Event


def history(on: models.Model) -> models.QuerySet[Event]:
    """Everything that happened to one thing, oldest first."""
    return Event.objects.filter(on_kind=on._meta.label_lower, on_id=str(on.pk)).order_by("id")

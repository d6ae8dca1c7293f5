"""What happened here: one row, five uses (audit, wake-up, webhook, activity, export)."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """Append-only (a trigger refuses update and delete). No foreign keys: who and on-what are
    pairs.

    Carries ids and digests, never the words, so that retention and disclosure stay possible.
    """

    kind = models.CharField(max_length=80)
    on_kind = models.CharField(max_length=80)
    on_id = models.CharField(max_length=64)
    by_kind = models.CharField(max_length=40)
    by_id = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["on_kind", "on_id", "id"], name="event_on"),
            models.Index(fields=["at"], name="event_at"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.on_kind}:{self.on_id} by {self.by_name}"

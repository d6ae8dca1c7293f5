"""What is stopped?"""

from __future__ import annotations

from django.db import models

from oyez.channels.models import Channel


class Stop(models.Model):
    """Nothing new leaves by this channel (or by any) until it is ended."""

    channel = models.ForeignKey(Channel, null=True, on_delete=models.CASCADE, related_name="stops")
    why = models.CharField(max_length=300)
    by_name = models.CharField(max_length=200)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel"],
                condition=models.Q(ended_at=None),
                nulls_distinct=False,
                name="one_stop_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel or 'everything'}: {self.why}"

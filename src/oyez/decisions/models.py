"""What has been decided?"""

from __future__ import annotations

from django.db import models

from oyez.posts.models import Wording


class Decision(models.Model):
    """A yes or a hold on exact words: the digest is what was decided on, and outlives the words."""

    class Verdict(models.TextChoices):
        APPROVED = "approved"
        HELD = "held"

    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="decisions")
    digest = models.CharField(max_length=64)
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    why = models.CharField(max_length=300, blank=True)
    by = models.JSONField(default=dict)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wording"], name="one_decision_a_wording"),
        ]
        indexes = [
            models.Index(fields=["digest", "verdict"], name="decision_on_digest"),
            models.Index(fields=["decided_at"], name="decision_lately"),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {self.digest[:12]}"

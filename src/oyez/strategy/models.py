"""Which campaigns are there?"""

from __future__ import annotations

from django.db import models

from oyez.strategy import rules


class Campaign(models.Model):
    """Messages with one aim. Its tag stands in their links, so that visits can be counted."""

    name = models.CharField(max_length=200)
    tag = models.CharField(max_length=60, unique=True)
    objective = models.TextField(blank=True)
    audience = models.TextField(blank=True)
    measure = models.TextField(blank=True)
    owner = models.CharField(max_length=200, blank=True)
    begins_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    planned_on = models.DateField(null=True)
    plan = models.TextField(blank=True)
    significant = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name

    @property
    def said(self) -> rules.Said:
        """As somebody would give it, to change a part of it."""
        return rules.Said(**{name: getattr(self, name) for name in rules.Said.__slots__})

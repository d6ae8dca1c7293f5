"""Who and what is political?"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Lower

from oyez.partners.rules import figures as rules


class Figure(models.Model):
    """A party, a candidate or a sitting councillor: public roles, nothing else of anybody."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=list(rules.KINDS.items()))
    area = models.CharField(max_length=200, blank=True)
    handles = models.JSONField(default=list)
    aliases = models.JSONField(default=list)
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)  # the last day
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                "kind",
                Lower("area"),
                condition=models.Q(retired_at=None),
                name="figure_once",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def said(self) -> rules.Said:
        """As somebody would give it, to change a part of it."""
        return rules.Said(
            self.name,
            self.kind,
            self.area,
            tuple(self.handles),
            tuple(self.aliases),
            self.from_on,
            self.to_on,
        )


class Topic(models.Model):
    """Words that are politically controversial for a time."""

    words = models.CharField(max_length=200)
    until_on = models.DateField(null=True)  # the last day; None: until further notice
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("words"), condition=models.Q(retired_at=None), name="topic_once"
            )
        ]

    def __str__(self) -> str:
        return self.words

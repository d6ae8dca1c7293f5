"""What is stopped, and when must we be careful?"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import datetime

from django.db import models

from oyez.channels.models import Channel
from oyez.emergency import rules
from oyez.kit.workdays import ENGLAND
from oyez.people.queries import every_team


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

    def teams(self) -> AbstractSet[int]:
        return self.channel.teams() if self.channel else every_team()


class CutOff(models.Model):
    """Once, somebody else was posting as us, or we tried how fast we would be: what was done."""

    channel = models.ForeignKey(  # none: all of them
        Channel, null=True, on_delete=models.CASCADE, related_name="cut_offs"
    )
    drill = models.BooleanField()
    by_name = models.CharField(max_length=200)
    began_at = models.DateTimeField()
    seconds = models.FloatField()
    found = models.JSONField(default=list)  # a channel each: done, by_hand, trouble, seconds

    def __str__(self) -> str:
        return f"{'drill' if self.drill else 'cut-off'} of {self.channel or 'everything'}"

    def teams(self) -> AbstractSet[int]:
        return self.channel.teams() if self.channel else every_team()


class Period(models.Model):
    """From one midnight to another (or to the close of polls) stricter rules hold, everywhere or in
    one area. Days are days on the wall of `zone`.
    """

    class Kind(models.TextChoices):
        PRE_ELECTION = rules.PRE_ELECTION, "Pre-election"
        REFERENDUM = rules.REFERENDUM, "Referendum"
        MOURNING = rules.MOURNING, "Mourning"
        INCIDENT = rules.INCIDENT, "Incident"
        CUSTOM = rules.CUSTOM, "Other"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=200)
    area = models.CharField(max_length=200, blank=True)  # empty: everywhere
    begins_on = models.DateField()
    ends_on = models.DateField()  # the last day of it
    zone = models.CharField(max_length=64)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()  # the first moment after it
    polling_on = models.DateField(null=True)
    nation = models.CharField(max_length=20, default=ENGLAND)  # whose bank holidays count
    proposed_begins_on = models.DateField(null=True)  # as computed, beside the officer's own
    note = models.TextField(blank=True)
    by = models.JSONField(default=dict)  # kind, id and name of who opened it
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # closed before its time
    ended_why = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["begins_at", "ends_at"], name="period_when")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("begins_at")),
                name="period_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def over_at(self) -> datetime:
        """The first moment when it holds no more, also where it was closed early."""
        return min(self.ends_at, self.ended_at or self.ends_at)

    @property
    def said(self) -> rules.Said:
        """As an officer would give it, to change a part of it."""
        return rules.Said(
            kind=self.kind,
            name=self.name,
            area=self.area,
            begins_on=self.begins_on,
            ends_on=self.ends_on,
            polling_on=self.polling_on,
            nation=self.nation,
            note=self.note,
        )

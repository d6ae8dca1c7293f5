"""Which policy is in force, who knows it, and what has the body changed of its checks?"""

from __future__ import annotations

from django.db import models

from oyez.people.models import Person


class Version(models.Model):
    """The policy as published once; never changed after."""

    number = models.CharField(max_length=20, unique=True)
    text = models.TextField()
    owner = models.CharField(max_length=200, blank=True)
    approver = models.CharField(max_length=200, blank=True)
    approved_on = models.DateField(null=True)
    review_on = models.DateField(null=True)
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"policy {self.number}"


class Clause(models.Model):
    """A numbered part of a version, and the checks that enforce it."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="clauses")
    position = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    checks = models.JSONField(default=list)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="clause_once_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Acknowledgement(models.Model):
    """This person has read this version. `by`: themselves, or the console for them."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="acknowledgements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "person"], name="acknowledged_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} knows {self.version}"

    def whose(self) -> int:
        return self.person_id


class LevelChange(models.Model):
    """A decision on one check; the newest counts. `level`: see rules.LEVELS, rules.OFF, rules.OWN.

    `before` is what was in force, in the same words.
    """

    check_id = models.CharField(max_length=20)
    level = models.CharField(max_length=10)
    before = models.CharField(max_length=10)
    why = models.CharField(max_length=300)
    by = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["check_id", "-id"], name="level_in_force")]

    def __str__(self) -> str:
        return f"{self.check_id}: {self.level}"


class HouseFact(models.Model):
    """What the checks know of the house under one key of facts.ASKS."""

    key = models.CharField(max_length=40, unique=True)
    lines = models.JSONField(default=list)
    by = models.JSONField(default=dict)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key

"""Whose messages may we pass on?"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models.functions import Lower

from oyez.partners.rules import partners as rules


class Partner(models.Model):
    """An organisation we have agreed with, its channels and domains, and until when."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=list(rules.KINDS.items()))
    contact_name = models.CharField(max_length=200, blank=True)
    contact_email = models.CharField(max_length=254, blank=True)
    agreement = models.TextField(blank=True)
    agreement_until = models.DateField(null=True)  # the last day; None: no end is agreed
    areas = models.JSONField(default=list)
    domains = models.JSONField(default=list)
    handles = models.JSONField(default=list)
    feeds = models.JSONField(default=list)
    note = models.TextField(blank=True)
    verified_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("name"), condition=models.Q(retired_at=None), name="partner_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def agreed_on(self, day: date) -> bool:
        return not self.agreement_until or self.agreement_until >= day

    @property
    def said(self) -> rules.Said:
        """As somebody would give it, to change a part of it."""
        said = {name: getattr(self, name) for name in rules.Said.__slots__}
        return rules.Said(**{**said, **{name: tuple(said[name]) for name in rules.LISTS}})

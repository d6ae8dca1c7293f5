"""What were we asked to say, by whom, and what became of it?"""

from __future__ import annotations

from django.db import models

from oyez.partners.models import Partner
from oyez.requests import rules


class Request(models.Model):
    """Somebody asks us to say something, or to boost a partner's message."""

    class Kind(models.TextChoices):
        SAY = rules.SAY, "Say something"
        BOOST = rules.BOOST, "Boost a message"

    class State(models.TextChoices):
        NEW = rules.NEW, "New"
        ACCEPTED = rules.ACCEPTED, "Accepted"
        REFUSED = rules.REFUSED, "Refused"
        DONE = rules.DONE, "Done"

    class Consent(models.TextChoices):
        NOBODY = rules.NOBODY, "Nobody can be recognised in them"
        AGREED = rules.AGREED, "Everybody who can be recognised has agreed in writing"
        NOT_ASKED = rules.NOT_ASKED, "Not everybody has been asked yet"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    from_name = models.CharField(max_length=200)
    from_email = models.CharField(max_length=254)
    team = models.CharField(max_length=200, blank=True)
    what = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    audience = models.CharField(max_length=500, blank=True)
    deadline_at = models.DateTimeField(null=True)
    evidence = models.TextField(blank=True)
    link = models.TextField(blank=True)
    images = models.TextField(blank=True)
    consent = models.CharField(max_length=10, choices=Consent.choices, blank=True)
    partner_name = models.CharField(max_length=200, blank=True)  # as they gave it
    partner = models.ForeignKey(Partner, null=True, on_delete=models.PROTECT, related_name="+")
    boost_url = models.TextField(blank=True)

    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    why = models.TextField(blank=True)  # of a refusal, or what was done; the asker reads it
    by = models.JSONField(default=dict)  # kind, id and name of who handed it in
    triaged_by = models.JSONField(default=dict)
    triaged_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    code = models.CharField(max_length=64, unique=True)  # the unguessable end of its status page

    class Meta:
        indexes = [
            models.Index(fields=["state", "deadline_at", "made_at"], name="request_at_desk"),
            models.Index(fields=["from_email", "made_at"], name="request_lately"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=rules.REFUSED) | ~models.Q(why=""),
                name="refused_request_says_why",
            )
        ]

    def __str__(self) -> str:
        return f"request {self.pk}"


class Knock(models.Model):
    """Somebody used the public form lately: a keyed digest of the address, gone after the hour."""

    sender = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["at"], name="knock_lately")]

    def __str__(self) -> str:
        return f"{self.sender[:8]} at {self.at}"

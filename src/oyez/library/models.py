"""Which pictures and films do we have, and who agreed to be seen? The bytes, too: ADR 11."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

CHUNK = 256 * 1024
"""Bytes in one row: a film is never whole in memory, nor in one value."""


class Blob(models.Model):
    """Bytes, once: whoever has the same bytes points here. They never change."""

    digest = models.CharField(max_length=64, unique=True)  # SHA-256
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=40)  # "image/jpeg"

    def __str__(self) -> str:
        return f"{self.kind} {self.digest[:12]}"


class Chunk(models.Model):
    """At most 256 kB of a blob; all but the last are full."""

    blob = models.ForeignKey(Blob, on_delete=models.CASCADE, related_name="chunks")
    number = models.PositiveIntegerField()
    data = models.BinaryField(max_length=CHUNK)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["blob", "number"], name="chunk_once")]

    def __str__(self) -> str:
        return f"{self.blob_id}/{self.number}"


class Attachment(models.Model):
    """A picture or film as it was cleaned, and what we know of it."""

    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="attachments")
    given_digest = models.CharField(max_length=64)  # of the bytes as they were uploaded
    kind = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    seconds = models.FloatField(default=0)  # films; 0: it does not say
    sound = models.BooleanField(default=False)
    alt = models.CharField(max_length=2000, blank=True)
    decorative = models.BooleanField(default=False)
    focal_x = models.FloatField(default=0.5)
    focal_y = models.FloatField(default=0.5)
    captions = models.ForeignKey(
        Blob, null=True, on_delete=models.PROTECT, related_name="captions_of"
    )
    transcript = models.TextField(blank=True)
    licence = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=300, blank=True)
    shows_people = models.BooleanField(null=True)  # None: nobody has said yet
    politician = models.BooleanField(default=False)
    removed = models.JSONField(default=list)  # what cleaning took out: "location", "author"
    language = models.CharField(max_length=20, blank=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.JSONField(default=dict)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["given_digest"],
                condition=Q(retired_at=None),
                name="attachment_given_once",
            )
        ]
        indexes = [models.Index(fields=["-uploaded_at"], name="attachment_newest")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_film(self) -> bool:
        return self.kind.startswith("video/")

    @property
    def focus(self) -> tuple[float, float]:
        return (self.focal_x, self.focal_y)

    @property
    def needs_alt(self) -> bool:
        return not self.is_film and not self.alt and not self.decorative


class Consent(models.Model):
    """One pictured person's yes: for which channels, for what, until when."""

    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="consents")
    who = models.CharField(max_length=200)
    child = models.BooleanField(default=False)
    channels = models.JSONField(default=list)  # ids; empty: any
    purpose = models.CharField(max_length=500, blank=True)
    expires_on = models.DateField(null=True)  # None: until it is taken back
    evidence = models.CharField(max_length=500)  # where the signed form or message is kept
    recorded_at = models.DateTimeField()
    recorded_by = models.JSONField(default=dict)
    withdrawn_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.who} in {self.attachment_id}"

    def holds(self, on: date) -> bool:
        """Neither taken back nor over on this day."""
        return self.withdrawn_at is None and (self.expires_on is None or on <= self.expires_on)


class Rendition(models.Model):
    """A picture drawn to fit a box, made once. It can always be made again."""

    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="renditions")
    spec = models.CharField(max_length=64)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="renditions")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attachment", "spec"], name="rendition_once")
        ]

    def __str__(self) -> str:
        return f"{self.attachment_id} {self.spec[:12]}"

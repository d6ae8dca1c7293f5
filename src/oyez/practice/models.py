"""What does the pretend network keep? Accounts, their tokens, notes and pictures; a sample feed."""

from __future__ import annotations

from django.db import models

from oyez.kit import clock


class Account(models.Model):
    """Somebody who writes on the practice network."""

    username = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=100)
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.name


class Token(models.Model):
    """A key to one account. Only its digest is kept: whoever reads the table cannot use it."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"A token of {self.account}"


class Note(models.Model):
    """One message on the wall, as it was sent."""

    class Visibility(models.TextChoices):
        PUBLIC = "public"
        UNLISTED = "unlisted"
        PRIVATE = "private"
        DIRECT = "direct"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    language = models.CharField(max_length=10, blank=True)
    warning = models.CharField(max_length=500, blank=True)  # stands before the text, "spoiler"
    sensitive = models.BooleanField(default=False)
    reply_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL)
    key = models.CharField(max_length=200, blank=True)  # the sender's Idempotency-Key
    made_at = models.DateTimeField(default=clock.now)
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["account", "key"], name="practice_note_key")]

    def __str__(self) -> str:
        return self.text[:60]


class Picture(models.Model):
    """A picture, brought before the note that shows it. Without a note it is let go in a day."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="pictures")
    note = models.ForeignKey(
        Note, null=True, blank=True, on_delete=models.CASCADE, related_name="pictures"
    )
    place = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=50)
    content = models.BinaryField()
    description = models.TextField(blank=True)
    focus = models.CharField(max_length=20, blank=True)  # "x,y", as it was sent
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.description[:60]


class Sample(models.Model):
    """A run of the sample feed. Its items follow from the time since its start, nothing else."""

    started_at = models.DateTimeField(default=clock.now)
    stopped_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Sample started {self.started_at:%d %B %Y %H:%M}"

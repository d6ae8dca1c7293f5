"""What do we mean to say, and in which exact words?"""

from __future__ import annotations

from typing import Any

from django.db import models

from oyez.channels.models import Channel
from oyez.feeds.models import Item
from oyez.networks.contract import Message
from oyez.posts import rules


class Post(models.Model):
    """The intent to say something once: written by a person, or drafted from a feed's item."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", "Handed in"
        CLOSED = "closed", "Nothing to send"

    item = models.OneToOneField(Item, null=True, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=64, blank=True)  # digest of the feed's rule that made it
    title = models.TextField(blank=True)
    link = models.TextField(blank=True)
    state = models.CharField(max_length=20, choices=State.choices)
    why = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=20, default="en")
    by = models.JSONField(default=dict)  # kind, id and name of who handed it in
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["made_at"], name="post_lately")]

    def __str__(self) -> str:
        return self.title[:80] or f"message {self.pk}"


class Variant(models.Model):
    """The post for one channel. `left_out` says why it does not go there; empty means it does."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="variants")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    link = models.TextField(blank=True)
    left_out = models.CharField(max_length=300, blank=True)
    unsaid = models.BooleanField(default=False)  # refused, held or withheld: nobody has seen it
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "channel"], name="variant_once_a_channel")
        ]
        indexes = [models.Index(fields=["channel", "made_at"], name="variant_lately")]

    def __str__(self) -> str:
        return f"{self.post} on {self.channel}"


class Wording(models.Model):
    """The exact words as handed in, with everything the network would see. Never changed (a trigger
    says so).
    """

    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="wordings")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    link = models.TextField(blank=True)
    title = models.TextField(blank=True)
    language = models.CharField(max_length=20, default="en")
    extras = models.JSONField(default=dict)
    wall_time = models.DateTimeField()  # when it is meant to go out
    zone = models.CharField(max_length=60)
    late_after = models.DurationField(default=rules.LATE_AFTER)
    made_at = models.DateTimeField()
    digest = models.CharField(max_length=64, db_index=True)

    def __str__(self) -> str:
        return f"{self.digest[:12]} for {self.channel}"

    def seal(self) -> Wording:
        """Fill in the digest of what stands here."""
        self.digest = rules.digest(self.seen_by_the_network())
        return self

    def seen_by_the_network(self) -> dict[str, Any]:
        return {
            "channel": self.channel_id,
            "text": self.text,
            "link": self.link,
            "title": self.title,
            "language": self.language,
            "extras": self.extras,
            "wall_time": self.wall_time,
            "zone": self.zone,
        }

    @property
    def headline(self) -> str:
        """What to call it in a list: its title, else how its words begin."""
        return rules.headline(self.title or self.text)

    @property
    def body(self) -> str:
        """What stands below the headline; may be empty."""
        return rules.below(self.headline, self.text, self.link)

    @property
    def intact(self) -> bool:
        """Do the words still answer to their digest?"""
        return self.digest == rules.digest(self.seen_by_the_network())

    @property
    def message(self) -> Message:
        return Message(
            text=self.text,
            made_at=self.wall_time,  # networks sort by it: when it is meant to be said
            link=self.link,
            language=self.language,
            title=self.title,
            extras=self.extras,
        )

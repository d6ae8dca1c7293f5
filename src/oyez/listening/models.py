"""How far have we looked, and what stands there that we did not send?"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from django.db import models

from oyez.channels.models import Channel
from oyez.listening.rules import LONGEST_WORDS


class Watch(models.Model):
    """One channel that is looked at. `since`: what is older than this post there is accounted for;
    null: never looked, and what stands there at the first look was there before us. `mark`: up to
    here every change is accounted for; empty: not asked yet. `blind`: why changes are not seen.
    """

    channel = models.OneToOneField(Channel, on_delete=models.CASCADE, related_name="watch")
    since = models.TextField(null=True)  # noqa: DJ001  null: not looked yet; "": nothing was there
    mark = models.TextField(blank=True, default="", db_default="")
    blind = models.CharField(max_length=500, blank=True, default="", db_default="")
    looked_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField()
    trouble = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"watch on {self.channel}"


class Stray(models.Model):
    """A post on our channel that no delivery of ours put there, or a change that none of ours made:
    the evidence, and the answer. The `remote_id` of a change ends in `#` and its version.
    """

    class State(models.TextChoices):
        SUSPECTED = "suspected", "Being looked at"  # it may be what we are sending
        ALARM = "alarm", "Nobody has answered"
        OURS = "ours", "It was us"
        NOT_OURS = "not_ours", "It was not us"
        BEFORE = "before", "There before we looked"

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="strays")
    remote_id = models.CharField(max_length=500)
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    url = models.CharField(max_length=1000, blank=True)
    boost = models.BooleanField(default=False)
    change = models.CharField(max_length=20, blank=True, default="", db_default="")
    version = models.CharField(max_length=100, blank=True, default="", db_default="")
    posted_at = models.DateTimeField(null=True)  # as the network says
    seen_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.SUSPECTED)
    alarm_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.JSONField(default=dict)  # kind, id and name

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "remote_id"], name="stray_seen_once")
        ]
        indexes = [
            models.Index(
                fields=["channel"], condition=models.Q(state="alarm"), name="stray_unanswered"
            )
        ]

    def __str__(self) -> str:
        return f"stray {self.remote_id} on {self.channel}"

    def teams(self) -> AbstractSet[int]:
        return self.channel.teams()

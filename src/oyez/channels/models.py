"""What do we own on the networks?"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from django.db import models

from oyez.ledger.sealing import keeps_sealed
from oyez.networks import registry
from oyez.networks.contract import NetworkClass, Standing
from oyez.people.models import Team


class Channel(models.Model):
    """One account of ours on a network. `facts` is what linking learned; secrets stand apart,
    sealed.
    """

    class State(models.TextChoices):
        REQUESTED = "requested"
        ACTIVE = "active"
        EMERGENCY_ONLY = "emergency_only"
        DORMANT = "dormant"
        QUARANTINED = "quarantined"
        RETIRED = "retired"

    class Health(models.TextChoices):
        WORKING = "working", "Working"
        SIGNED_OUT = "signed_out", "Sign in again"
        UNREACHABLE = "unreachable", "Not answering"

    network = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    identity = models.CharField(max_length=300)
    handle = models.CharField(max_length=300)
    url = models.URLField(max_length=500, blank=True)
    facts = models.JSONField(default=dict)
    state = models.CharField(max_length=20, choices=State.choices, default=State.ACTIVE)
    health = models.CharField(max_length=20, choices=Health.choices, default=Health.WORKING)
    health_why = models.CharField(max_length=500, blank=True)
    checked_at = models.DateTimeField(null=True)
    linked_at = models.DateTimeField()
    next_slot_at = models.DateTimeField(null=True)  # the network asked for a pause until then
    min_gap = models.DurationField(null=True)
    tone = models.CharField(max_length=300, blank=True)  # how one speaks to its readers
    area = models.CharField(max_length=100, blank=True)  # which part of the body it speaks for
    personal = models.BooleanField(default=False)  # somebody’s own profile; speaks for that person
    by_hand = models.BooleanField(default=False, db_default=False)  # people also post there
    team = models.ForeignKey(  # whose it is; none: the whole house’s
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network", "identity"],
                condition=~models.Q(state="retired"),
                name="channel_linked_once",
            ),
            models.UniqueConstraint(
                fields=["name"], condition=~models.Q(state="retired"), name="channel_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def teams(self) -> AbstractSet[int]:
        return frozenset({self.team_id} if self.team_id else ())

    @property
    def network_class(self) -> NetworkClass:
        return registry.by_name(self.network)

    @property
    def standing(self) -> Standing:
        return self.network_class.standing

    @property
    def working(self) -> bool:
        return self.health == Channel.Health.WORKING


@keeps_sealed
class Secret(models.Model):
    """A token, sealed for its own place: moved to another row it cannot be opened."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="secrets")
    name = models.CharField(max_length=40)
    sealed = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "name"], name="secret_once_a_channel")
        ]

    def __str__(self) -> str:
        return f"{self.name} of channel {self.channel_id}"

    @property
    def place(self) -> str:
        """What it is sealed for: this field of this channel."""
        return f"channel:{self.channel_id}:{self.name}"


class SealKey(models.Model):
    """A key that seals or sealed, by its id alone: an id is never given again."""

    name = models.CharField(max_length=32, unique=True)
    added_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"key {self.name}"

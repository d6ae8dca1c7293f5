"""What happened here: one row, five uses (audit, wake-up, webhook, activity, export)."""

from __future__ import annotations

from django.db import models

from oyez.ledger.sealing import keeps_sealed


class Event(models.Model):
    """Append-only (a trigger refuses update and delete). No foreign keys: who and on-what are
    pairs.

    Carries ids and digests, never the words, so that retention and disclosure stay possible.
    """

    kind = models.CharField(max_length=80)
    on_kind = models.CharField(max_length=80)
    on_id = models.CharField(max_length=64)
    by_kind = models.CharField(max_length=40)
    by_id = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["on_kind", "on_id", "id"], name="event_on"),
            models.Index(fields=["at"], name="event_at"),
            models.Index(fields=["kind", "at"], name="event_kind"),
            models.Index(fields=["by_kind", "by_id", "at"], name="event_by"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.on_kind}:{self.on_id} by {self.by_name}"


class Name(models.Model):
    """Who somebody was called when they did something; kept apart from the chain, which holds
    `signature`, a commitment to it. Erased: no name and no salt, and the signature tells nothing.
    """

    by_kind = models.CharField(max_length=40)
    by_id = models.CharField(max_length=80)
    name = models.CharField(max_length=200, blank=True)
    salt = models.BinaryField()
    signature = models.BinaryField()
    erased = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["by_kind", "by_id", "name"],
                condition=models.Q(erased=False),
                name="one_row_a_name",
            )
        ]

    def __str__(self) -> str:
        return self.name or "a name that was erased"


class Link(models.Model):
    """One event’s place in the chain: append-only, as events are. The database holds it to neither
    its event nor its name: the link is there to tell when they are gone.
    """

    position = models.BigIntegerField(primary_key=True)
    event = models.BigIntegerField(unique=True)
    name = models.ForeignKey(
        Name, on_delete=models.DO_NOTHING, db_index=False, db_constraint=False, related_name="+"
    )
    linked_at = models.DateTimeField()
    digest = models.BinaryField()
    head = models.BinaryField()
    seal = models.BinaryField()
    key = models.CharField(max_length=32)

    def __str__(self) -> str:
        return f"link {self.position}"


class Unlinked(models.Model):
    """An event that has no link yet; a trigger writes it down with the event."""

    event = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return f"event {self.event}, not in the chain yet"


@keeps_sealed
class SealingKey(models.Model):
    """The key that sealed some links, itself sealed with the newest key of the house: old links
    stay proven after the house has dropped an old key.
    """

    id = models.CharField(primary_key=True, max_length=32)
    sealed = models.TextField()

    def __str__(self) -> str:
        return f"sealing key {self.id}"

    @property
    def place(self) -> str:
        """What it is sealed for."""
        return f"record:key:{self.id}"


class Verifying(models.Model):
    """Somebody asked that the whole record be verified: how far is that? Its event says who."""

    asked_at = models.DateTimeField()
    done = models.BigIntegerField(default=0)
    of = models.BigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.done} of {self.of} links"


class Verification(models.Model):
    """The whole record was gone through; `broken_at` says where it does not hold."""

    at = models.DateTimeField()
    position = models.BigIntegerField()  # up to which link it was whole
    head = models.BinaryField()
    broken_at = models.BigIntegerField(null=True)
    what = models.CharField(max_length=20, blank=True)
    says = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["-at"], name="verification_at")]

    def __str__(self) -> str:
        return self.says or f"whole up to {self.position}"

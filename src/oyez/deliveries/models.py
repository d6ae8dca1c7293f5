"""What is on its way, and what became of it?"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime

from django.db import models
from django.db.models import Q

from oyez.channels.models import Channel
from oyez.deliveries import rules
from oyez.networks.contract import Message
from oyez.posts.models import Wording


class Delivery(models.Model):
    """One outward act on one channel: words that are said there, that replace what stands there,
    or that are taken down. It ends arrived, refused, withheld or asking.
    """

    class State(models.TextChoices):
        WAITING = rules.WAITING, "Waiting"
        QUEUED = rules.QUEUED, "About to go"
        SENDING = rules.SENDING, "Sending"
        UNSURE = rules.UNSURE, "Checking"
        ARRIVED = rules.ARRIVED, "Published"
        REFUSED = rules.REFUSED, "Refused"
        WITHHELD = rules.WITHHELD, "Not sent"
        ASKING = rules.ASKING, "Needs you"

    class Kind(models.TextChoices):
        PUBLISH = rules.PUBLISH, "Publish"
        EDIT = rules.EDIT, "Correct"
        DELETE = rules.DELETE, "Take down"

    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="deliveries")
    after = models.ForeignKey(  # the part of a thread that must be there first
        "self", null=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    changes = models.ForeignKey(  # what stands there, and is corrected or taken down by this
        "self", null=True, on_delete=models.PROTECT, related_name="changed_by"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.PUBLISH)
    lane = models.PositiveSmallIntegerField(default=rules.USUAL_LANE)
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    why = models.CharField(max_length=500, blank=True)
    planned_at = models.DateTimeField()
    due_at = models.DateTimeField()  # the next moment to send or to look
    not_after = models.DateTimeField()
    fingerprint = models.CharField(max_length=64)

    key = models.CharField(max_length=32, unique=True)  # the same on every try
    attempt = models.PositiveIntegerField(default=0)
    worker = models.IntegerField(null=True)  # whose advisory lock says that it is alive
    notebook = models.JSONField(default=dict)  # step -> {"begun": …} or {"answer": …}
    watermark = models.TextField(null=True)  # noqa: DJ001  null: not taken yet; "": nothing of ours there
    touched_at = models.DateTimeField(null=True)  # the last sign of life of a send
    sent_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    remote_id = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=1000, blank=True)
    version = models.CharField(max_length=100, blank=True, default="", db_default="")  # Receipt’s

    unsure_at = models.DateTimeField(null=True)
    absent_at = models.DateTimeField(null=True)  # the first clean read that did not find it
    resends = models.PositiveSmallIntegerField(default=0)
    evidence = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(  # what failed to be taken down may be tried anew
                fields=["wording", "kind"],
                condition=~Q(kind=rules.DELETE, state__in=[rules.REFUSED, rules.WITHHELD]),
                name="wording_goes_once",
            ),
            models.UniqueConstraint(
                fields=["channel", "remote_id"],
                condition=Q(kind=rules.PUBLISH) & ~Q(remote_id=""),
                name="receipt_belongs_to_one",
            ),
            models.CheckConstraint(
                condition=Q(kind=rules.PUBLISH, changes=None)
                | Q(kind__in=[rules.EDIT, rules.DELETE], changes__isnull=False),
                name="a_change_changes_something",
            ),
            models.CheckConstraint(
                condition=~Q(state="arrived") | ~Q(remote_id=""), name="arrived_has_a_receipt"
            ),
        ]
        indexes = [
            models.Index(
                fields=["channel", "lane", "due_at"],
                condition=Q(state="waiting"),
                name="delivery_waiting",
            ),
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="delivery_due"),
            models.Index(fields=["not_after"], condition=Q(state="waiting"), name="delivery_late"),
            models.Index(
                fields=["channel"],
                condition=Q(state__in=["queued", "sending"]),
                name="delivery_busy",
            ),
            models.Index(
                fields=["channel", "fingerprint"],
                condition=Q(state__in=["queued", "sending", "unsure", "asking"]),
                name="delivery_unsettled",
            ),
            models.Index(
                fields=["state", "due_at"],
                condition=Q(state__in=["unsure", "sending"]),
                name="delivery_open",
            ),
        ]

    def __str__(self) -> str:
        return f"delivery {self.pk} to {self.channel}"

    def teams(self) -> AbstractSet[int]:
        return self.channel.teams()

    def become(self, state: str, why: str = "") -> None:
        """Change the state, along the graph only."""
        if not rules.may_become(self.state, state):
            raise AssertionError(f"A delivery cannot go from {self.state} to {state}.")
        if self.state in {rules.UNSURE, rules.ASKING}:
            self.evidence.pop(rules.RESTORED, None)  # it was looked for
        self.state, self.why = state, why[:500]

    @property
    def in_doubt(self) -> bool:
        """Was it sent before without an answer, and never proved absent?"""
        return self.unsure_at is not None

    def was_unsure(self) -> bool:
        """Was any try of it left without an answer, even if it was not found afterwards?"""
        return self.attempts.filter(outcome=rules.UNSURE).exists()

    @property
    def restored(self) -> bool:
        """Did a backup bring it back, so that it may have gone out since?"""
        return rules.RESTORED in self.evidence

    @property
    def publishes(self) -> bool:
        """Does it say something new, rather than change what is there?"""
        return self.kind == rules.PUBLISH

    @property
    def stands(self) -> bool:
        """Is it there, as far as the house knows?"""
        return self.publishes and self.state == rules.ARRIVED and not self._done(rules.DELETE)

    @property
    def words_there(self) -> Wording:
        """What stands there: as it was said, or as it was last corrected."""
        edits = self._done(rules.EDIT)
        return edits[-1].wording if edits else self.wording

    @property
    def corrected_at(self) -> datetime | None:
        edits = self._done(rules.EDIT)
        return edits[-1].settled_at if edits else None

    @property
    def taken_down_at(self) -> datetime | None:
        gone = self._done(rules.DELETE)
        return gone[-1].settled_at if gone else None

    def _done(self, kind: str) -> list[Delivery]:
        """What was done to it there, oldest first. Read from what was prefetched, if it was."""
        found = self.changed_by.all()
        done = (one for one in found if one.kind == kind and one.state == rules.ARRIVED)
        return sorted(done, key=lambda one: one.pk)

    @property
    def message(self) -> Message:
        """What is sent: the approved words, answering the part of the thread before them."""
        answers = self.after.remote_id if self.after and self.publishes else ""
        return replace(self.wording.message, answers=answers)

    def is_late(self, now: datetime) -> bool:
        return now > self.not_after


class Attempt(models.Model):
    """One try: who, when, and how it ended."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveIntegerField()
    worker = models.IntegerField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, blank=True)
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delivery", "number"], name="attempt_numbered_once")
        ]
        indexes = [models.Index(fields=["began_at"], name="attempt_lately")]

    def __str__(self) -> str:
        return f"attempt {self.number} of {self.delivery_id}"

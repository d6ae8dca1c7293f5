"""What has been decided?"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from django.db import models
from django.db.models import Q

from oyez.channels.models import Channel
from oyez.decisions import rules
from oyez.people.models import Person
from oyez.policy.contract import Level
from oyez.posts.models import Post, Wording


class Decision(models.Model):
    """A yes or a hold on exact words: the digest is what was decided on, and outlives the words."""

    class Verdict(models.TextChoices):
        APPROVED = "approved"
        HELD = "held"

    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="decisions")
    digest = models.CharField(max_length=64)
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    why = models.CharField(max_length=300, blank=True)
    by = models.JSONField(default=dict)
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wording"], name="one_decision_a_wording"),
        ]
        indexes = [
            models.Index(fields=["digest", "verdict"], name="decision_on_digest"),
            models.Index(fields=["decided_at"], name="decision_lately"),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {self.digest[:12]}"


class Step(models.Model):
    """Who must say yes before something goes to a channel. A channel without steps asks nobody
    besides an author who may publish.
    """

    class Need(models.TextChoices):
        ANY = rules.ANY, "Any one of them"
        ALL = rules.ALL, "All of them"
        QUORUM = rules.QUORUM, "So many of them"

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField()
    need = models.CharField(max_length=10, choices=Need.choices, default=Need.ANY)
    count = models.PositiveSmallIntegerField(default=1)  # for a quorum
    role = models.CharField(max_length=40, blank=True)
    people = models.ManyToManyField(Person, blank=True, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["channel", "number"], name="step_once_a_number")
        ]

    def __str__(self) -> str:
        return f"step {self.number} for {self.channel}"


class Review(models.Model):
    """One version of a message before those who decide. `digest` names all its words together."""

    class State(models.TextChoices):
        OPEN = "open", "Waiting for approval"
        APPROVED = "approved", "Approved"
        REFUSED = "refused", "Changes asked for"
        LATE = "late", "Approved after its time"
        WITHDRAWN = "withdrawn", "Taken back"

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="reviews")
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)
    steps = models.JSONField(default=list)  # as they stood when it was opened, see rules.Asked
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)  # when it is meant to go out
    settled_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "version"], name="review_once_a_version")
        ]
        indexes = [
            models.Index(fields=["opened_at"], condition=Q(state="open"), name="review_open"),
        ]

    def __str__(self) -> str:
        return f"review of {self.post_id}, version {self.version}"

    def teams(self) -> AbstractSet[int]:
        return self.post.teams()

    @property
    def asked(self) -> list[rules.Asked]:
        return [rules.Asked.from_json(step) for step in self.steps]

    @property
    def is_open(self) -> bool:
        return self.state == Review.State.OPEN


class Vote(models.Model):
    """One yes or no, to exactly the words of its review."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="votes")
    step = models.PositiveSmallIntegerField()
    yes = models.BooleanField()
    by = models.JSONField(default=dict)
    instead_of = models.JSONField(default=dict, blank=True)  # whose deputy they are
    reasons = models.JSONField(default=dict, blank=True)  # field, or "" for all of it -> why
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{'yes' if self.yes else 'no'} by {self.by.get('name')}"


class Found(models.Model):
    """What a check found in the words of one channel, and what a person said to it."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        CONFIRMED = "confirmed", "Confirmed by the author"
        ANSWERED = "answered", "Allowed by somebody who may"

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="findings")
    wording = models.ForeignKey(Wording, on_delete=models.CASCADE, related_name="findings")
    check_id = models.CharField(max_length=20)
    level = models.PositiveSmallIntegerField(choices=[(level.value, level.name) for level in Level])
    role = models.CharField(max_length=40, blank=True)
    message = models.TextField()
    words = models.JSONField(default=list)
    source = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=20, choices=State.choices, default=State.OPEN)
    by = models.JSONField(default=dict, blank=True)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.check_id}: {self.message}"


class Hold(models.Model):
    """Approved words that must not go now, because something has come up since."""

    wording = models.ForeignKey(Wording, on_delete=models.CASCADE, related_name="holds")
    check_id = models.CharField(max_length=20)
    role = models.CharField(max_length=40, blank=True)
    message = models.TextField()
    words = models.JSONField(default=list, blank=True)  # of each finding, those that set it off
    cause = models.CharField(max_length=100, blank=True)  # what brought it about: "circumstances"
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    by = models.JSONField(default=dict, blank=True)  # who let it go on
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["wording", "check_id"],
                condition=Q(ended_at=None),
                name="hold_once_a_check",
            )
        ]
        indexes = [
            models.Index(fields=["wording"], condition=Q(ended_at=None), name="hold_in_force")
        ]

    def __str__(self) -> str:
        return f"{self.check_id} holds {self.wording_id}: {self.message}"

    def teams(self) -> AbstractSet[int]:
        return self.wording.variant.post.teams()

    @property
    def digest(self) -> str:
        """Names what it holds for, so that a word on it is a word on what was read."""
        return rules.hold_digest(self.check_id, self.words)


class LinkLook(models.Model):
    """Where a link led when somebody looked last: see policy.contract.Followed. `url` is as
    policy.links.as_followed() names it.
    """

    url = models.TextField()
    final = models.TextField(blank=True)
    status = models.PositiveSmallIntegerField(default=0)
    why = models.TextField(blank=True)
    refused = models.BooleanField(default=False)
    looked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["url"], name="one_look_a_link")]

    def __str__(self) -> str:
        return f"{self.url}: {self.status}"

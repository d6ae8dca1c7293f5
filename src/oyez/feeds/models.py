"""What do we poll, and what came?"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from django.db import models
from django.db.models import Q

from oyez.channels import queries as channels
from oyez.channels.models import Channel
from oyez.feeds import rules


class Feed(models.Model):
    """A polled source, and the rule that says what becomes of its items."""

    class Trust(models.TextChoices):
        WATCH = "watch", "Watch: show the items, post nothing"
        SUGGEST = "suggest", "Suggest: make drafts"
        APPROVE = "approve", "Approve: ask before each"
        AUTOMATIC = "automatic", "Automatic: post without asking"

    class State(models.TextChoices):
        ACTIVE = "active", "On"
        PAUSED = "paused", "Paused"
        ENDED = "ended", "Ended by its publisher"

    url = models.URLField(max_length=2000)
    name = models.CharField(max_length=200)
    home_url = models.URLField(max_length=2000, blank=True)
    language = models.CharField(max_length=20, default="en")
    trust = models.CharField(max_length=20, choices=Trust.choices, default=Trust.WATCH)
    state = models.CharField(max_length=20, choices=State.choices, default=State.ACTIVE)
    template = models.CharField(max_length=500, default=rules.TEMPLATE)
    keep_words = models.JSONField(default=list, blank=True)
    block_words = models.JSONField(default=list, blank=True)
    settle = models.DurationField(default=rules.SETTLE)
    flood_cap = models.PositiveSmallIntegerField(default=rules.FLOOD_CAP)
    every = models.DurationField(default=rules.POLL_EVERY)
    reuses_guids = models.BooleanField(default=False)
    # restored: what the next poll brings may be out already (once named for what it did then)
    doubts_next = models.BooleanField(default=False, db_column="seeds_next")

    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    ttl = models.DurationField(null=True)
    next_poll_at = models.DateTimeField(null=True)
    polled_at = models.DateTimeField(null=True)
    good_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=500, blank=True)
    last_item_at = models.DateTimeField(null=True)
    usual_gap = models.DurationField(null=True)
    added_at = models.DateTimeField()

    # The standing decision behind trust "automatic": who took it, and on which exact rule.
    trusted_by = models.JSONField(default=dict, blank=True)
    trusted_at = models.DateTimeField(null=True)
    trusted_rule = models.CharField(max_length=64, blank=True)
    confirmed_by = models.JSONField(default=dict, blank=True)  # a second person, on the same rule
    third_party = models.BooleanField(default=False)  # a partner’s or a member’s, not our own

    class Meta:
        indexes = [
            models.Index(fields=["next_poll_at"], condition=Q(state="active"), name="feed_due")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["url"], condition=~Q(state="ended"), name="feed_added_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def teams(self) -> AbstractSet[int]:
        """Of everywhere it goes; one that is not kept yet goes nowhere."""
        targets = self.targets.values_list("channel", flat=True) if self.pk else ()
        return channels.teams_of(targets)

    @property
    def rule_digest(self) -> str:
        """Names this exact rule: source, words, templates, targets. A standing decision holds for
        it alone.
        """
        targets = [[t.channel_id, t.template] for t in self.targets.order_by("channel_id")]
        words = [list(self.keep_words), list(self.block_words)]
        return rules.rule_digest([self.url, self.template, words, targets])

    def stands_for(self, rule_digest: str) -> bool:
        """Has somebody decided beforehand on exactly this version of the rule?"""
        return self.trust == self.Trust.AUTOMATIC and self.trusted_rule == rule_digest


class Target(models.Model):
    """One channel a feed goes to, perhaps in words of its own."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="targets")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    template = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["feed", "channel"], name="target_once_a_feed")
        ]

    def __str__(self) -> str:
        return f"{self.feed} to {self.channel}"


class Item(models.Model):
    """One entry of a feed. It never leaves `settling` without a reason that people can read."""

    class State(models.TextChoices):
        SEEDED = "seeded", "Was there before we came"
        SETTLING = "settling", "Settling"
        RELEASED = "released", "Passed on"
        SKIPPED = "skipped", "Left out"
        WATCHED = "watched", "Seen, not posted"

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE, related_name="items")
    identity = models.CharField(max_length=500)
    guid = models.TextField(blank=True)
    url = models.TextField(blank=True)
    title = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    language = models.CharField(max_length=20, blank=True)
    published_at = models.DateTimeField(null=True)
    fingerprint = models.CharField(max_length=80)
    state = models.CharField(max_length=20, choices=State.choices)
    why = models.CharField(max_length=300, blank=True)
    arrived_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)  # its author edited it after we passed it on
    gone_at = models.DateTimeField(null=True)  # its author took it away
    warning = models.JSONField(null=True)  # what an official warning says of itself (CAP)
    expires_at = models.DateTimeField(null=True)  # the warning says so
    may_be_out = models.BooleanField(default=False, db_default=False)  # passed on, then forgotten

    class Meta:
        indexes = [
            models.Index(fields=["ready_at"], condition=Q(state="settling"), name="item_due"),
            models.Index(
                fields=["released_at"], condition=Q(state="released"), name="item_released"
            ),
            models.Index(fields=["feed", "-arrived_at", "-id"], name="item_of_feed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["feed", "identity"], name="item_once_a_feed"),
            models.CheckConstraint(
                condition=~Q(state="settling") | Q(ready_at__isnull=False),
                name="settling_item_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url or self.identity

    @property
    def text(self) -> str:
        return f"{self.title}\n{self.summary}"

    @property
    def barred(self) -> str:
        """Why its feed's rule keeps it from going on at all; empty if it does not."""
        if self.warning and (why := rules.not_for_the_public(**self.warning)):
            return why
        if why := rules.left_out(self.text, self.feed.keep_words, self.feed.block_words):
            return why
        return "Its author took it away before its time came." if self.gone_at else ""

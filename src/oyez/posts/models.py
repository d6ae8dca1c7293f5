"""What do we mean to say, and in which exact words?"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from oyez.channels import queries as channels
from oyez.channels.models import Channel
from oyez.feeds.models import Item
from oyez.kit import walltime
from oyez.networks.contract import Message
from oyez.posts import rules
from oyez.posts.draft import Draft
from oyez.posts.showing import as_sent
from oyez.requests.models import Request


class Post(models.Model):
    """The intent to say something once: written by a person, or drafted from a feed's item."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Handed in"
        CLOSED = "closed", "Nothing to send"
        DISCARDED = "discarded", "Thrown away"

    item = models.OneToOneField(Item, null=True, on_delete=models.PROTECT, related_name="+")
    asked_for = models.ForeignKey(  # the request it was made from, as its draft names it
        Request, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    rule = models.CharField(max_length=64, blank=True)  # digest of the feed's rule that made it
    title = models.TextField(blank=True)
    link = models.TextField(blank=True)
    state = models.CharField(max_length=20, choices=State.choices)
    why = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=20, default="en")
    by = models.JSONField(default=dict)  # kind, id and name of its author
    made_at = models.DateTimeField()
    content = models.JSONField(default=dict, blank=True)  # the Draft as it stands, see draft.py
    version = models.PositiveIntegerField(default=0)  # goes up with each change of the content
    edited_at = models.DateTimeField(null=True)
    edited_by = models.JSONField(default=dict, blank=True)
    handed_in_at = models.DateTimeField(null=True)
    handed_in_by = models.JSONField(default=dict, blank=True)
    once = models.CharField(max_length=32, null=True, unique=True)  # noqa: DJ001  of the page it began on
    also_by = models.JSONField(default=list, blank=True)  # who wrote words that it took over
    pair = models.OneToOneField(  # the same message in the body's other language
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="paired_by"
    )
    paired_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["made_at"], name="post_lately"),
            models.Index(
                fields=["-edited_at"], condition=models.Q(state="draft"), name="post_drafts"
            ),
            # of 200,000 messages: 1 MB instead of 24 for the whole content, 52 ms -> 1 ms
            GinIndex(models.F("content__media"), name="post_media"),
        ]

    def __str__(self) -> str:
        return self.title[:80] or f"message {self.pk}"

    @property
    def draft(self) -> Draft:
        """What its author has put together so far."""
        return Draft.from_json(self.content)

    def teams(self) -> AbstractSet[int]:
        """Of where it is to go, and of where it has been."""
        sent = Variant.objects.filter(post_id=self.pk, left_out="")
        been = sent.values_list("channel", flat=True) if self.pk else ()
        return channels.teams_of({*self.draft.to, *been})

    @property
    def is_draft(self) -> bool:
        return self.state == Post.State.DRAFT

    @property
    def words_for_state(self) -> str:
        return str(self.get_state_display()).lower()


class Version(models.Model):
    """The content as somebody left it. What lost against another editor is kept too (`lost`)."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField(default=dict)
    by = models.JSONField(default=dict)
    at = models.DateTimeField()
    lost = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["post", "-number"], name="version_of_post")]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "number"],
                condition=models.Q(lost=False),
                name="version_once_a_number",
            )
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.post_id}"

    @property
    def draft(self) -> Draft:
        return Draft.from_json(self.content)


class Comment(models.Model):
    """What a colleague, or a reviewer with a preview link, says about a message."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="comments")
    version = models.PositiveIntegerField()  # which words it is about
    text = models.TextField()
    by = models.JSONField(default=dict)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"comment on {self.post_id}"


class PreviewLink(models.Model):
    """Lets somebody without a sign-in read one message. Only a digest of the token is kept."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="preview_links")
    digest = models.CharField(max_length=64, unique=True)
    by = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"preview link to {self.post_id}"


class Template(models.Model):
    """Words to begin with. A holding statement is one that may be needed in a hurry."""

    class Kind(models.TextChoices):
        TEMPLATE = "template", "Template"
        HOLDING = "holding", "Holding statement"

    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.TEMPLATE)
    purpose = models.CharField(max_length=200, blank=True)  # when it is meant to be used
    text = models.TextField()
    language = models.CharField(max_length=20, default="en")
    by = models.JSONField(default=dict)
    changed_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(retired_at=None), name="template_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def draft(self) -> Draft:
        """A message that begins with it."""
        return Draft(text=self.text, language=self.language)


class Variant(models.Model):
    """The post for one channel. `left_out` says why it does not go there; empty means it does."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="variants")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    link = models.TextField(blank=True)
    left_out = models.CharField(max_length=300, blank=True)
    stays = models.CharField(max_length=300, blank=True)  # why these newer words do not go there
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
    media = models.JSONField(default=list, blank=True)  # as the network would see it, in order
    wall = models.CharField(max_length=16, blank=True)  # "2026-11-24T14:05"; empty: at once
    fold = models.PositiveSmallIntegerField(null=True)  # which, where the clocks show it twice
    part = models.PositiveSmallIntegerField(default=1)  # of a thread
    follows = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    version = models.PositiveIntegerField(default=0)  # of the post, that this was frozen from
    digest = models.CharField(max_length=64, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["wall_time"], name="wording_meant_for")]

    def __str__(self) -> str:
        return f"{self.digest[:12]} for {self.channel}"

    def seal(self) -> Wording:
        """Fill in the digest of what stands here."""
        self.digest = rules.digest(self.seen_by_the_network())
        return self

    def seen_by_the_network(self) -> dict[str, Any]:
        """What the digest names. What an older house did not know counts only where it is said."""
        return self._always() | {name: value for name, value in self._lately().items() if value}

    def _lately(self) -> dict[str, Any]:
        return {
            "media": self.media,
            "wall": f"{self.wall} {self.fold or 0}" if self.wall else "",
            "part": self.part if self.part > 1 else 0,
            "follows": self.follows.digest if self.follows else "",
        }

    def _always(self) -> dict[str, Any]:
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

    def until(self, due: datetime) -> datetime:
        """When it is too late if it is due then. A warning ends by itself, whatever was decided."""
        late, item = due + self.late_after, self.variant.post.item
        return min(late, item.expires_at) if item and item.expires_at else late

    @property
    def goes_at(self) -> datetime:
        """The moment its wall time means by today's knowledge of the clocks."""
        try:
            at = walltime.moment(datetime.fromisoformat(self.wall), self.zone, self.fold or 0)
        except ValueError:  # at once; or a gap that a later law has made
            return self.wall_time
        return at

    @property
    def headline(self) -> str:
        """What to call it in a list: its title, else how its words begin."""
        return rules.headline(self.title or self.text)

    @property
    def body(self) -> str:
        """What stands below the headline; may be empty."""
        return rules.below(self.headline, self.text, self.link)

    def reads_like(self, other: Wording) -> bool:
        """Would a reader see the same?"""
        seen = ("text", "link", "title", "language", "extras", "media")
        return all(getattr(self, name) == getattr(other, name) for name in seen)

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
            media=as_sent(self.media),
        )


class Slot(models.Model):
    """A time of the week at which something may go to a channel; a queue is its slots in turn."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="slots")
    weekday = models.PositiveSmallIntegerField()  # 0 is Monday
    wall = models.TimeField()
    zone = models.CharField(max_length=60)

    class Meta:
        ordering = ["channel_id", "weekday", "wall"]
        constraints = [
            models.UniqueConstraint(fields=["channel", "weekday", "wall"], name="slot_once"),
            models.CheckConstraint(condition=models.Q(weekday__lt=7), name="slot_on_a_weekday"),
        ]

    def __str__(self) -> str:
        return f"slot {self.weekday} {self.wall:%H:%M} of {self.channel_id}"

    def teams(self) -> AbstractSet[int]:
        return self.channel.teams()


class Recurrence(models.Model):
    """A message that comes again: its draft, and by which rule. Times are on the wall of `zone`."""

    content = models.JSONField(default=dict)  # the Draft, without a time
    rule = models.CharField(max_length=200)  # RFC 5545: "FREQ=WEEKLY;INTERVAL=2"
    starts = models.CharField(max_length=16)  # "2026-11-24T14:05", the first time
    until = models.DateField(null=True)  # the last day; none: for good
    zone = models.CharField(max_length=60)
    also_by = models.JSONField(default=list, blank=True)  # who wrote the words that come again
    next_wall = models.CharField(max_length=16, blank=True)  # empty: there is no next time
    make_at = models.DateTimeField(null=True)  # when its next draft is made
    by = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["make_at"], condition=models.Q(ended_at=None), name="recurrence_due"
            )
        ]

    def __str__(self) -> str:
        return rules.headline(self.draft.title or self.draft.text) or f"recurrence {self.pk}"

    def teams(self) -> AbstractSet[int]:
        return channels.teams_of(self.draft.to)

    @property
    def draft(self) -> Draft:
        return Draft.from_json(self.content)


class Occurrence(models.Model):
    """One time of a recurrence: made once, whatever happens. No post: its time had gone by."""

    recurrence = models.ForeignKey(Recurrence, on_delete=models.CASCADE, related_name="times")
    wall = models.CharField(max_length=16)
    post = models.OneToOneField(Post, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recurrence", "wall"], name="occurs_once")]

    def __str__(self) -> str:
        return f"{self.recurrence_id} at {self.wall}"

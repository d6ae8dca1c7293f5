"""What was somebody told, how do they want to be told, and what was mailed to whom?"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from oyez.notices import rules
from oyez.people.models import Person


class How(models.TextChoices):
    AT_ONCE = rules.AT_ONCE, "On the page and by e-mail at once"
    DIGEST = rules.DIGEST, "On the page and in one e-mail a day"
    PAGE = rules.PAGE, "On the page only"
    OFF = rules.OFF, "Not at all"


class Posting(models.Model):
    """One e-mail: what the page calls the log of what was delivered to whom."""

    class Kind(models.TextChoices):
        AT_ONCE = rules.AT_ONCE, "At once"
        DIGEST = rules.DIGEST, "Digest"
        TEST = "test", "Test"
        LINK = "link", "Sign-in link"
        INVITATION = "invitation", "Invitation"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENDING = "sending", "Sending"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"

    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="postings")
    address = models.EmailField()  # as it was at the latest try
    kind = models.CharField(max_length=20, choices=Kind.choices)
    topic = models.CharField(max_length=40, blank=True)  # of an e-mail at once
    day = models.DateField(null=True)  # of a digest
    subject = models.CharField(max_length=300, blank=True)
    count = models.PositiveIntegerField(default=0)  # how many notices the latest try held
    state = models.CharField(max_length=20, choices=State.choices, default=State.WAITING)
    tries = models.PositiveIntegerField(default=0)
    why = models.CharField(max_length=500, blank=True)  # of the latest failure
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    handed_at = models.DateTimeField(null=True)  # the latest try began
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "day"], condition=Q(kind="digest"), name="one_digest_a_day"
            ),
            models.UniqueConstraint(
                fields=["person", "topic"],
                condition=Q(kind="at_once", state="waiting"),
                name="one_mail_waits_a_topic",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state__in=["waiting", "sending"]), name="posting_due"
            ),
            models.Index(fields=["person", "topic", "handed_at"], name="posting_lately"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.address}"


class Notice(models.Model):
    """One sentence for one person about one event. A job that runs twice tells once."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    topic = models.CharField(max_length=40)
    title = models.CharField(max_length=rules.LONGEST_TITLE)
    detail = models.CharField(  # when and from where, of one’s own account
        max_length=rules.LONGEST_TITLE, blank=True, default="", db_default=""
    )
    href = models.CharField(max_length=300)  # a path in our own house
    on_kind = models.CharField(max_length=80)
    on_id = models.CharField(max_length=64)
    event = models.BigIntegerField()  # its number in the ledger, which has no foreign keys
    how = models.CharField(max_length=20, choices=How.choices)  # as they wanted it then
    posting = models.ForeignKey(
        Posting, null=True, on_delete=models.SET_NULL, related_name="notices"
    )
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "event"], name="told_once_of_an_event")
        ]
        indexes = [
            models.Index(fields=["person"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(
                fields=["person", "made_at"],
                condition=Q(how="digest", posting=None, read_at=None),
                name="notice_for_the_digest",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Preference(models.Model):
    """How somebody wants to be told of one topic; without a row it is the topic's usual way."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="preferences")
    topic = models.CharField(max_length=40)
    how = models.CharField(max_length=20, choices=How.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "topic"], name="one_preference_a_topic")
        ]

    def __str__(self) -> str:
        return f"{self.topic}: {self.how}"


class DigestTime(models.Model):
    """When on a day somebody wants their digest, on the house's wall; without a row at eight."""

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.CASCADE, related_name="digest_time"
    )
    at = models.TimeField()

    def __str__(self) -> str:
        return f"{self.at:%H:%M}"

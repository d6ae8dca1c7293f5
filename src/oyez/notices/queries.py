"""What was somebody told, how do they want to be told, and does the e-mail go out?"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet

from oyez.ledger.moment import database_now
from oyez.ledger.queries import has_job
from oyez.notices import rules
from oyez.notices.models import DigestTime, Notice, Posting, Preference
from oyez.people.models import Person
from oyez.people.rules import FIRST

LOST_AFTER = timedelta(minutes=1)


def mail_is_on() -> bool:
    """Has the operator named a mail server?"""
    return settings.OYEZ.mail is not None


def mail_reaches(person: Person) -> bool:
    """Does e-mail go out, and to an address that somebody has chosen?"""
    return mail_is_on() and person.email != FIRST


def notices(person: Person) -> QuerySet[Notice]:
    """What this person was told: unread first, then the latest read."""
    found = Notice.objects.filter(person=person)
    return found.order_by(F("read_at").desc(nulls_first=True), "-id")


def everybodys_notices() -> QuerySet[Notice]:
    return Notice.objects.select_related("person").order_by("-id")


def unread(person: Any) -> int:
    """How many notices this person has not read; one look into an index."""
    return Notice.objects.filter(person=person, read_at=None).count()


def ways(person: Person) -> dict[str, str]:
    """How this person wants to be told of each topic."""
    said = dict(Preference.objects.filter(person=person).values_list("topic", "how"))
    return {topic.name: said.get(topic.name, topic.usual) for topic in rules.TOPICS.values()}


def digest_time(person: Person) -> time:
    said = DigestTime.objects.filter(person=person).first()
    return said.at if said else rules.DIGEST_AT


def log() -> QuerySet[Posting]:
    """Every e-mail, newest first: to whom, what, and what became of it."""
    return Posting.objects.select_related("person").order_by("-id")


def lost() -> QuerySet[Posting]:
    """In hand for over a minute, and no job for it: its worker's job was lost."""
    sending = Posting.objects.filter(
        state=Posting.State.SENDING, handed_at__lt=database_now() - LOST_AFTER
    ).exclude(kind=Posting.Kind.TEST)
    return sending.filter(~has_job("oyez.notices.jobs.deliver", "posting_id"))


def next_mail() -> datetime | None:
    """When the next e-mail is due; None when none waits, or there is no mail server."""
    if not mail_is_on():
        return None
    waiting = Posting.objects.filter(state=Posting.State.WAITING).order_by("due_at")
    return waiting.values_list("due_at", flat=True).first()


def failing() -> QuerySet[Posting]:
    """What has not gone out for over an hour, and is still tried."""
    long_ago = database_now() - rules.LATE_AFTER
    return Posting.objects.filter(
        state=Posting.State.WAITING, tries__gt=0, made_at__lt=long_ago
    ).order_by("-handed_at")


def given_up() -> QuerySet[Posting]:
    """What a server refused for good, or nobody took for three days; since yesterday."""
    lately = database_now() - timedelta(days=1)
    failed = Posting.objects.filter(state=Posting.State.FAILED, handed_at__gt=lately)
    return failed.exclude(kind=Posting.Kind.TEST)


def mails_in_trouble() -> int:
    return failing().count() + given_up().count()


def troubles() -> list[str]:
    """What is wrong with the e-mail, a sentence each, with the server’s words."""
    said = []
    if latest := failing().first():
        said.append(f"{_mails(failing().count())} failing for over an hour. {latest.why}")
    if count := given_up().count():
        said.append(f"{_mails(count)} given up since yesterday. See: oyez notices log")
    return said


def _mails(count: int) -> str:
    return "1 e-mail has been" if count == 1 else f"{count} e-mails have been"

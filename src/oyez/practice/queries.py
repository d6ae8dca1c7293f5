"""What is on the practice network? Questions about accounts, notes and the sample feed."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from oyez.kit import clock
from oyez.practice import rules
from oyez.practice.models import Account, Note, Picture, Sample

PICTURES = Prefetch("pictures", Picture.objects.defer("content"))
OPEN = [Note.Visibility.PUBLIC, Note.Visibility.UNLISTED]


def account_of(token: str) -> Account | None:
    """Whose token this is; None for one that we did not make."""
    return Account.objects.filter(tokens__digest=rules.digest(token)).first()


def shown_to(asker: Account | None) -> QuerySet[Note]:
    """The notes an asker may see, newest first: what is open, and their own."""
    seen = Q(visibility__in=OPEN)
    if asker:
        seen |= Q(account=asker)
    notes = Note.objects.filter(seen).select_related("account", "reply_to")
    return notes.prefetch_related(PICTURES).order_by("-pk")


def wall() -> QuerySet[Note]:
    """Everything, newest first: this machine's people see it all."""
    notes = Note.objects.select_related("account", "reply_to__account")
    return notes.prefetch_related(PICTURES).order_by("-pk")


def pictures_of(account: Account) -> QuerySet[Picture]:
    """An account's pictures, without their bytes."""
    return account.pictures.defer("content")


def newer_than(note_id: int) -> int:
    """How many notes have come since this one."""
    return Note.objects.filter(pk__gt=note_id).count()


def same_key(account: Account, key: str, now: datetime) -> Note | None:
    """The note this key already made within the hour that keys are remembered."""
    if not key:
        return None
    remembered = account.notes.filter(key=key, made_at__gt=now - rules.KEY_LASTS)
    return remembered.select_related("account", "reply_to").first()


def sample() -> Sample | None:
    """The newest run of the sample feed."""
    return Sample.objects.order_by("-pk").first()


def sample_is_over() -> bool:
    """Has the sample given its last item?"""
    run = sample()
    return bool(run and sample_steps(run, clock.now()) >= rules.ITEMS)


def sample_steps(run: Sample, now: datetime) -> int:
    """How many items the run has gained; none after it was stopped."""
    return rules.steps(run.started_at, min(now, run.stopped_at or now))

"""After a backup was restored: what may have gone out since is looked for before it may go."""

from __future__ import annotations

from django.db import transaction

from oyez.deliveries import rules
from oyez.deliveries.actions.sending import doubt
from oyez.deliveries.models import Delivery
from oyez.ledger.moment import database_now

SINCE = "The database was restored from a backup; looking whether this went out since."


def doubt_restored(*, at_most: int = 200) -> int:
    """What a backup brought back as waiting, and whose time has come, is an unknown outcome: it is
    looked for, also while sending is stopped. `oyez db restore` marks such rows.
    """
    with transaction.atomic():
        now = database_now()
        found = Delivery.objects.filter(
            state=rules.WAITING, due_at__lte=now, evidence__has_key=rules.RESTORED
        )
        first = found.exclude(after__state__in=rules.OPEN)  # what it answers must be known
        rows = list(
            first.order_by("due_at").select_for_update(of=("self",), skip_locked=True)[:at_most]
        )
        for delivery in rows:
            delivery.watermark = delivery.watermark or _newest_known(delivery)
            doubt(delivery, SINCE, now)
    return len(rows)


def _newest_known(delivery: Delivery) -> str:
    """The last receipt from before the backup: whatever went out since is newer."""
    there = Delivery.objects.filter(
        channel=delivery.channel_id, kind=rules.PUBLISH, state=rules.ARRIVED
    )
    seen = there.exclude(remote_id__startswith=rules.SEEN).order_by("-settled_at")
    return seen.values_list("remote_id", flat=True).first() or ""

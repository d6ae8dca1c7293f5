"""Is the whole house well?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast

from django.db import connection
from django.utils.timesince import timesince
from procrastinate.contrib.django.models import ProcrastinateWorker

from oyez.channels import queries as channels
from oyez.deliveries import ready, rules
from oyez.deliveries.models import Delivery
from oyez.deliveries.queries.listing import asking, next_moment
from oyez.deliveries.queries.stuck import approved_without_delivery, queued_without_a_job
from oyez.emergency import queries as emergency
from oyez.feeds import queries as feeds
from oyez.ledger import queries as ledger
from oyez.ledger.moment import database_now, machine_off_by

WORKER_SILENT_AFTER = timedelta(seconds=30)
CLOCK_MAY_DIFFER = 10.0  # seconds; a one-time code lives for thirty


@dataclass(frozen=True, slots=True)
class Check:
    """One self-check: what was looked at, how many are wrong, and whether that is well."""

    name: str
    count: int
    well: bool
    says: str


def self_checks() -> list[Check]:
    """The hourly questions of the house about itself; cheap enough to ask on every visit."""
    now = database_now()
    sending_long = Delivery.objects.filter(
        state=rules.SENDING, touched_at__lt=now - timedelta(minutes=5)
    )
    return [
        _check(
            "approved_without_delivery",
            approved_without_delivery().count(),
            "approved but not planned",
        ),
        _check(
            "queued_without_job", queued_without_a_job().count(), "queued but nobody sends them"
        ),
        _check("sending_too_long", sending_long.count(), "sending for over 5 minutes"),
        _check("overdue", _overdue(), "over 5 minutes late though nothing stands in the way"),
        _check("unlinked", ledger.waiting_too_long(), "without a place in the record’s chain"),
        _check("record_changed", ledger.breaks(), "changed in the record from outside"),
    ]


def _overdue() -> int:
    """How many the promoter should have taken long ago."""
    with connection.cursor() as cursor:
        cursor.execute(ready.OVERDUE)
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _check(name: str, count: int, says: str) -> Check:
    return Check(name, count, count == 0, f"{count} {says}" if count else f"None {says}")


def health() -> dict[str, object]:
    """The whole house in one answer: `well` is what a watcher acts on. Raises OperationalError."""
    now = database_now()
    heard, checks = worker_heard_at(), self_checks()
    oldest = next_moment()
    return {
        "well": worker_lives() and all(check.well for check in checks),
        "database": True,
        "worker": worker_lives(),
        "worker_heartbeat_seconds": (now - heard).total_seconds() if heard else None,
        "machine_clock_off_seconds": round(machine_off_by().total_seconds(), 1),
        "oldest_due_seconds": _age(oldest, now),
        "oldest_unlinked_seconds": _age(ledger.waiting_since(), now),
        "asking": asking().count(),
        "stopped": emergency.in_force().exists(),
        "channels_needing_attention": channels.needing_attention().count(),
        "feeds_failing": feeds.failing().count(),
        "checks": {check.name: check.count for check in checks},
    }


def _age(since: datetime | None, now: datetime) -> float:
    """In seconds; of what is still to come, none."""
    return max((now - since).total_seconds(), 0) if since else 0


def health_words(report: dict[str, object], also: Sequence[str] = ()) -> list[str]:
    """The same for people, the verdict first; `also` is what other parts of the house say."""
    sentences, off = [], cast("float", report["machine_clock_off_seconds"])
    if not report["worker"]:
        sentences.append("No worker is running: nothing is sent. Start one with: oyez up")
    sentences += [check.says + "." for check in self_checks() if not check.well]
    if says := _clock_says(off):
        sentences.append(says)
    if count := report["asking"]:
        ask = _counted(count, "delivery asks", "deliveries ask")
        sentences.append(f"{ask} a person. See: oyez deliveries --state asking")
    if report["stopped"]:
        sentences.append("Sending is stopped. Go on with: oyez resume")
    if count := report["channels_needing_attention"]:
        need = _counted(count, "channel needs", "channels need")
        sentences.append(f"{need} attention. See: oyez channels list")
    if count := report["feeds_failing"]:
        cannot = _counted(count, "feed", "feeds")
        sentences.append(f"{cannot} cannot be read. See: oyez feeds list")
    sentences += also
    if not report["well"]:
        return ["Something is wrong.", *sentences]
    return ["The house works, and this needs you:", *sentences] if sentences else ["All is well."]


def _clock_says(off: float) -> str:
    """What is wrong with the clock of the machine that is asked; empty if nothing is."""
    if abs(off) < CLOCK_MAY_DIFFER:
        return ""
    way = "ahead of" if off > 0 else "behind"
    return f"This machine’s clock is {_long(abs(off))} {way} the database’s, which decides. Set it."


def _long(seconds: float) -> str:
    begin = datetime(2000, 1, 1, tzinfo=UTC)  # any day will do
    whole = timesince(begin, begin + timedelta(seconds=seconds))
    return whole if seconds > 120 else f"{seconds:.0f} seconds"


def _counted(count: object, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def worker_heard_at() -> datetime | None:
    """The last heartbeat of any worker."""
    newest = ProcrastinateWorker.objects.order_by("-last_heartbeat").first()
    return newest.last_heartbeat if newest else None


def worker_lives() -> bool:
    heard = worker_heard_at()
    return bool(heard and database_now() - heard < WORKER_SILENT_AFTER)

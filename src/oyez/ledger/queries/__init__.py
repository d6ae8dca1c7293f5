"""What has happened, is there a job for it, and does the record hold?"""

from oyez.ledger.queries.happened import event, ever, has_job, history, is_waiting, last_at
from oyez.ledger.queries.record import Wanted, areas, record, thing
from oyez.ledger.queries.whole import (
    Verdict,
    asked,
    breaks,
    last_verification,
    mark,
    verify,
    verifying,
    waiting_since,
    waiting_too_long,
)

__all__ = [
    "Verdict",
    "Wanted",
    "areas",
    "asked",
    "breaks",
    "event",
    "ever",
    "has_job",
    "history",
    "is_waiting",
    "last_at",
    "last_verification",
    "mark",
    "record",
    "thing",
    "verify",
    "verifying",
    "waiting_since",
    "waiting_too_long",
]

"""What has happened, is there a job for it, and does the record hold?"""

from oyez.ledger.queries.happened import event, has_job, history, is_waiting, last_at
from oyez.ledger.queries.record import Wanted, areas, record, thing
from oyez.ledger.queries.whole import Verdict, last_verification, mark, verify, waiting_since

__all__ = [
    "Verdict",
    "Wanted",
    "areas",
    "event",
    "has_job",
    "history",
    "is_waiting",
    "last_at",
    "last_verification",
    "mark",
    "record",
    "thing",
    "verify",
    "waiting_since",
]

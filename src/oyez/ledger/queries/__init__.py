"""What has happened, is there a job for it, and does the record hold?"""

from oyez.ledger.queries.happened import event, has_job, history, is_waiting

__all__ = ["event", "has_job", "history", "is_waiting"]

"""Reminding those who are asked, and asking somebody else when nobody answers."""

from __future__ import annotations

from oyez.decisions import events, queries, rules
from oyez.decisions.models import Review
from oyez.ledger.actor import Actor
from oyez.ledger.acts import act
from oyez.ledger.moment import database_now


def remind(*, by: Actor) -> int:
    """Remind and escalate wherever it is time. Returns how many were reminded of. Twice is once."""
    now, count = database_now(), 0
    for review in queries.open_reviews().filter(state=Review.State.OPEN):
        times = (review.opened_at, review.due_at, review.reminded_at, now)
        if rules.should_remind(*times):
            review.reminded_at = now
            with act(events.REMINDED, on=review.post, by=by, digest=review.digest):
                review.save(update_fields=["reminded_at"])
            count += 1
        elif not review.escalated_at and rules.should_escalate(*times):
            review.escalated_at = now
            with act(events.ESCALATED, on=review.post, by=by, digest=review.digest):
                review.save(update_fields=["escalated_at"])
            count += 1
    return count

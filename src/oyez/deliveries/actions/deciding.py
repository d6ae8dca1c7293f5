"""A person decides about a delivery that is asking."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from oyez.deliveries import events, rules
from oyez.deliveries.models import Delivery
from oyez.deliveries.moment import database_now, ring
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.acts import act
from oyez.ledger.events import Kind


def decide_arrived(
    delivery: Delivery, *, by: Actor, remote_id: str = "", url: str = ""
) -> Delivery:
    """“It is there: link it.” The receipt is the candidate chosen, or what this person saw."""
    if url and not (url.startswith(("https://", "http://")) and len(url) <= 1000):
        raise Refusal("That is not a web address. Copy it from the browser, or leave it out.")

    def there(current: Delivery) -> None:
        candidates = current.evidence.get("candidates", [])
        chosen = next((c for c in candidates if c["remote_id"] == remote_id), None)
        chosen = chosen or (candidates[0] if len(candidates) == 1 and not remote_id else None)
        current.remote_id = chosen["remote_id"] if chosen else remote_id or f"seen:{current.key}"
        current.url = url or (chosen["url"] if chosen else "")
        current.evidence["seen_by"] = by.name
        current.become(rules.ARRIVED)

    return _decide(delivery, events.DECIDED_THERE, there, by=by)


def decide_resend(delivery: Delivery, *, by: Actor) -> Delivery:
    """“It is not there: send it now.” It has two hours from now, whatever its old time was."""

    def again(current: Delivery) -> None:
        now = database_now()
        current.become(rules.WAITING, f"{by.name} had it sent again.")
        current.notebook = {s: n for s, n in current.notebook.items() if "answer" in n}
        current.due_at, current.settled_at, current.absent_at = now, None, None
        current.unsure_at = None
        current.not_after = max(current.not_after, now + current.wording.late_after)

    return _decide(delivery, events.DECIDED_RESEND, again, by=by)


def _decide(
    delivery: Delivery, kind: Kind, change: Callable[[Delivery], None], *, by: Actor
) -> Delivery:
    with transaction.atomic():
        rows = Delivery.objects.select_for_update(of=("self",)).select_related("wording")
        current = rows.get(pk=delivery.pk)
        if current.state != rules.ASKING:
            words = f"This delivery is not asking; it is: {current.get_state_display().lower()}."
            raise Refusal(words)
        change(current)
        with act(kind, on=current, by=by):
            current.save()
            ring()
    return current

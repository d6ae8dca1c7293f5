"""A person decides about a delivery that is asking."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.db import transaction

from oyez.deliveries import events, rules
from oyez.deliveries.models import Delivery
from oyez.deliveries.moment import ring
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.acts import act
from oyez.ledger.events import Kind
from oyez.ledger.moment import database_now
from oyez.posts.actions import unsay
from oyez.posts.models import Variant


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
        _refuse_anothers(current, remote_id)
        current.remote_id, current.url = _receipt(current, chosen, remote_id)
        current.url = url or current.url
        current.evidence["seen_by"] = by.name
        current.become(rules.ARRIVED, current.evidence.get("reason", ""))
        if current.kind == rules.DELETE:
            unsay(Variant.objects.filter(wordings=current.wording_id))

    done = events.DECIDED_THERE if delivery.publishes else events.DECIDED_DONE
    return _decide(delivery, done, there, by=by)


def _refuse_anothers(delivery: Delivery, remote_id: str) -> None:
    others = Delivery.objects.filter(channel=delivery.channel_id, kind=rules.PUBLISH)
    if remote_id and others.filter(remote_id=remote_id).exclude(pk=delivery.pk).exists():
        raise Refusal("That post is another message’s. Choose the one that says this.")


def _receipt(
    delivery: Delivery, chosen: Mapping[str, str] | None, remote_id: str
) -> tuple[str, str]:
    """What names the post: what it changed, the candidate that was chosen, or what was seen."""
    if delivery.changes:
        return delivery.changes.remote_id, delivery.changes.url
    if chosen:
        return chosen["remote_id"], chosen["url"]
    return remote_id or f"{rules.SEEN}{delivery.key}", ""


def decide_resend(delivery: Delivery, *, by: Actor) -> Delivery:
    """“It is not there: send it now.” It has two hours from now, whatever its old time was."""

    def again(current: Delivery) -> None:
        now = database_now()
        current.become(rules.WAITING, f"{by.name} had it sent again.")
        current.notebook = {s: n for s, n in current.notebook.items() if "answer" in n}
        current.due_at, current.settled_at, current.absent_at = now, None, None
        current.unsure_at = None
        current.not_after = max(current.not_after, current.wording.until(now))

    return _decide(delivery, events.DECIDED_RESEND, again, by=by)


def _decide(
    delivery: Delivery, kind: Kind, change: Callable[[Delivery], None], *, by: Actor
) -> Delivery:
    with transaction.atomic():
        rows = Delivery.objects.select_for_update(of=("self",))
        rows = rows.select_related("wording", "changes")
        current = rows.get(pk=delivery.pk)
        if current.state != rules.ASKING:
            words = f"This delivery is not asking; it is: {current.get_state_display().lower()}."
            raise Refusal(words)
        change(current)
        with act(kind, on=current, by=by):
            current.save()
            ring()
    return current

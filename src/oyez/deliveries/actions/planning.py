"""Putting approved words on their way, and taking them off it."""

from __future__ import annotations

from django.db import transaction

from oyez.channels.models import Channel
from oyez.decisions import queries as decisions
from oyez.deliveries import events, rules
from oyez.deliveries.models import Delivery
from oyez.deliveries.moment import ring
from oyez.kit import clock
from oyez.kit.ids import new_key
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.acts import act
from oyez.posts.actions import unsay
from oyez.posts.models import Post, Variant, Wording


def plan(post: Post, *, by: Actor) -> list[Delivery]:
    """One delivery for each approved wording that has none. Twice is once."""
    with transaction.atomic():
        Post.objects.select_for_update().get(pk=post.pk)
        approved = decisions.approved_wordings(post)
        missing = list(approved.filter(deliveries__isnull=True).order_by("id"))
        if not missing:
            return []
        with act(events.PLANNED, on=post, by=by, digests=[w.digest for w in missing]):
            planned = Delivery.objects.bulk_create(_delivery(wording) for wording in missing)
            ring()
    return planned


def _delivery(wording: Wording) -> Delivery:
    return Delivery(
        wording=wording,
        channel_id=wording.channel_id,
        planned_at=clock.now(),
        due_at=wording.wall_time,
        not_after=wording.wall_time + wording.late_after,
        fingerprint=rules.fingerprint(wording.channel_id, wording.text),
        key=new_key(),
    )


def withhold(delivery: Delivery, why: str, *, by: Actor) -> Delivery:
    """Do not send it. What may already be there becomes a question. Raises Refusal when it is on
    its way.
    """
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
        if not rules.may_become(delivery.state, rules.WITHHELD):
            raise Refusal(f"It is too late to withhold it: {delivery.get_state_display()}.")
        set_aside(delivery, why, by=by)
    return delivery


def withhold_removed(*, by: Actor, at_most: int = 500) -> int:
    """Withhold what waits for a channel that was removed. Returns how many; call until none."""
    with transaction.atomic():
        stranded = Delivery.objects.select_related("channel").filter(
            channel__state=Channel.State.RETIRED, state__in=[rules.WAITING, rules.QUEUED]
        )
        rows = list(stranded.select_for_update(of=("self",), skip_locked=True)[:at_most])
        for delivery in rows:
            set_aside(delivery, f"Its channel, {delivery.channel}, was removed.", by=by)
    return len(rows)


def set_aside(delivery: Delivery, why: str, *, by: Actor) -> None:
    """Withheld, or asking when an earlier try may have been published. The row is locked by the
    caller.
    """
    kind, state = events.WITHHELD, rules.WITHHELD
    if delivery.in_doubt:
        kind, state = events.ASKED, rules.ASKING
        why = f"{why} An earlier try may be there: look, then choose."
    delivery.become(state, why)
    delivery.settled_at = clock.now()
    with act(kind, on=delivery, by=by, why=why[:200]):
        delivery.save(update_fields=["state", "why", "settled_at", "evidence"])
        if state == rules.WITHHELD:
            unsay(Variant.objects.filter(wordings=delivery.wording_id))

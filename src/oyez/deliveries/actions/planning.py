"""Putting approved words on their way, and taking them off it."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F, Q

from oyez.channels.models import Channel
from oyez.decisions import actions as decide
from oyez.decisions import queries as decisions
from oyez.deliveries import events, rules
from oyez.deliveries.actions.correcting import tell_apart
from oyez.deliveries.models import Delivery
from oyez.deliveries.moment import ring
from oyez.emergency import queries as emergency
from oyez.kit.ids import new_key
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.acts import act, refuse_unless
from oyez.ledger.moment import database_now
from oyez.posts import queries as posts
from oyez.posts.actions import unsay
from oyez.posts.models import Post, Variant, Wording

GOES = "It is taken down there, so there is nothing to correct."
SUPERSEDED = "Its author took it back before it was sent."


def plan(post: Post, *, by: Actor) -> list[Delivery]:
    """One delivery for each approved wording that has none. Twice is once. What is to go in two
    languages goes when both are approved.
    """
    with transaction.atomic():
        for one in sorted(filter(None, [post, post.pair]), key=lambda one: one.pk):
            posts.locked(one)
        if decisions.waits_for_its_pair(post):
            return []
        planned = _plan(post, by=by)
        return planned + (_plan(post.pair, by=by) if post.pair else [])


def _plan(post: Post, *, by: Actor) -> list[Delivery]:
    approved = decisions.approved_wordings(post).filter(deliveries__isnull=True)
    current = approved.filter(variant__stays="").select_related("variant__post__item")
    missing = list(current.order_by("variant_id", "part"))
    said, corrected = tell_apart(post, missing)
    if not said and not corrected:
        return []
    digests = [w.digest for w in (*said, *corrected)]
    doubtful = _may_have_gone_out(post)
    with act(events.PLANNED, on=post, by=by, digests=digests):
        planned = Delivery.objects.bulk_create(_delivery(w, doubtful) for w in said if w.part == 1)
        planned += [_after_its_part(w, doubtful) for w in said if w.part > 1]
        planned += [_correction(w, there) for w, there in corrected.items()]
        ring()
    return planned


def _may_have_gone_out(post: Post) -> bool:
    """Is it from before a backup that was brought back, or was it in a feed by then? Then it may
    have left since, with a yes that the house has forgotten.
    """
    if post.item and post.item.may_be_out:
        return True
    restored_at = emergency.restored_at()
    known_at = post.item.arrived_at if post.item else post.made_at
    return bool(restored_at and known_at < restored_at)


def _after_its_part(wording: Wording, doubtful: bool) -> Delivery:
    delivery = _delivery(wording, doubtful)
    delivery.after = Delivery.objects.get(wording=wording.follows_id)
    delivery.save()
    return delivery


def _delivery(wording: Wording, doubtful: bool = False) -> Delivery:
    due, now = wording.goes_at, database_now()
    if not wording.wall and not wording.variant.post.item_id:
        due = max(due, now)  # “at once” is counted from the yes
    elif now > due + wording.late_after:
        due = now  # somebody decided that it is to go although its time had passed
    return Delivery(
        wording=wording,
        channel_id=wording.channel_id,
        planned_at=now,
        due_at=due,
        not_after=wording.until(due),
        fingerprint=rules.fingerprint(wording.channel_id, wording.text),
        key=new_key(),
        evidence={rules.RESTORED: True} if doubtful else {},
    )


def _correction(wording: Wording, there: Delivery) -> Delivery:
    """These words instead of those that stand there."""
    delivery = _delivery(wording)
    delivery.kind, delivery.changes = rules.EDIT, there
    if wording.follows_id:
        delivery.after = Delivery.objects.filter(
            wording=wording.follows_id, kind=rules.EDIT
        ).first()
    delivery.not_after = delivery.due_at + max(wording.late_after, rules.CORRECT_WITHIN)
    delivery.save()
    return delivery


def withhold_superseded(post: Post, *, by: Actor) -> int:
    """Its author took it back: what has not left does not leave. Returns how many."""
    is_current = Q(
        wording__variant__post__state=Post.State.SUBMITTED,
        wording__version=F("wording__variant__post__version"),
    )
    waiting = Delivery.objects.filter(
        wording__variant__post=post,
        kind__in=[rules.PUBLISH, rules.EDIT],
        state__in=[rules.WAITING, rules.QUEUED],
    )
    with transaction.atomic():
        # Asked in one statement, without holding the message's row: a claim holds the delivery
        # first and then the message, so nobody may hold the two the other way round.
        rows = list(waiting.exclude(is_current).select_for_update(of=("self",)))
        for delivery in rows:
            set_aside(delivery, SUPERSEDED, by=by)
    return len(rows)


def withhold(delivery: Delivery, why: str, *, by: Actor) -> Delivery:
    """Do not send it. What may already be there becomes a question. Raises Refusal when it is on
    its way.
    """
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
        refuse_unless(events.WITHHELD, on=delivery, by=by)
        if delivery.state == rules.ASKING:
            raise Refusal("It may be there already. Say whether it is; then decide what to do.")
        if not rules.may_become(delivery.state, rules.WITHHELD):
            raise Refusal(f"It is too late to withhold it: {delivery.get_state_display()}.")
        delivery.evidence["kept_back_by"] = by.name
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
    caller. A correction that newer words overtake asks nobody: those replace it anyway.
    """
    kind, state = events.WITHHELD, rules.WITHHELD
    overtaken = delivery.kind == rules.EDIT and why in {SUPERSEDED, GOES}
    if delivery.in_doubt and not overtaken:
        kind, state = events.ASKED, rules.ASKING
        why = f"{why} An earlier try may be there: look, then choose."
    delivery.become(state, why)
    delivery.settled_at = database_now()
    with act(kind, on=delivery, by=by, why=why[:200]):
        delivery.save(update_fields=["state", "why", "settled_at", "evidence"])
        if state == rules.WITHHELD and delivery.kind != rules.DELETE:
            decide.hold_no_more(delivery.wording)
        if state == rules.WITHHELD and delivery.publishes:
            unsay(Variant.objects.filter(wordings=delivery.wording_id))

"""Sending one delivery: claim, send, write down what the network may have done."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from functools import partial

from django.db import InterfaceError, OperationalError, transaction

from oyez.channels import actions as channel_actions
from oyez.channels import queries as channels
from oyez.channels.models import Channel
from oyez.decisions import queries as decisions
from oyez.deliveries import events, rules, shift
from oyez.deliveries.actions.pausing import pausing
from oyez.deliveries.actions.planning import GOES, SUPERSEDED, set_aside
from oyez.deliveries.actions.promoting import late_words
from oyez.deliveries.durable import insist
from oyez.deliveries.models import Attempt, Delivery
from oyez.deliveries.moment import ring
from oyez.deliveries.notebook import Notebook, Superseded
from oyez.deliveries.outward import perform
from oyez.feeds import queries as feeds
from oyez.kit import waypoint
from oyez.ledger.acts import act
from oyez.ledger.events import Kind
from oyez.ledger.moment import database_now
from oyez.networks.contract import (
    Already,
    Finds,
    Later,
    Network,
    NetworkError,
    Receipt,
    SignedOut,
    Twice,
    Unsure,
)
from oyez.people.rules import job
from oyez.posts import queries as posts
from oyez.posts.actions import unsay
from oyez.posts.models import Variant

log = logging.getLogger(__name__)
BY = job("deliveries")
_DONE = {
    rules.PUBLISH: events.ARRIVED,
    rules.EDIT: events.CORRECTED,
    rules.DELETE: events.TAKEN_DOWN,
}
OUR_SIDE = "Something went wrong on our side before it was sent; trying again."


def publish(delivery_id: int) -> None:
    """Send a queued delivery. A rescued job that finds it already `sending` leaves it to the
    reconciler.
    """
    waypoint.reach(waypoint.CLAIMED)
    with shift.holding(delivery_id) as first:
        if first:
            _try(delivery_id)


def _try(delivery_id: int) -> None:
    delivery = insist(partial(_queued, delivery_id))
    if not delivery:
        return
    try:
        network = channels.network_of(delivery.channel)
        claimed = insist(partial(claim, delivery_id, _watermark(delivery, network)))
    except NetworkError as problem:
        insist(partial(_unqueue, delivery, problem))
    except (OperationalError, InterfaceError):
        raise  # the database stayed away: the job ends, and the sweeper takes it up
    except Exception:  # before the first byte nothing can have been sent: try again later
        log.exception("Delivery %s could not be begun.", delivery.pk)
        insist(partial(_unqueue, delivery, Later(OUR_SIDE, timedelta(0))))
    else:
        _send_claimed(claimed, delivery, network)


def _send_claimed(claimed: Delivery | None, delivery: Delivery, network: Network) -> None:
    if claimed:
        claimed.channel = delivery.channel  # as it was when the network was built from it
        waypoint.reach(waypoint.SENDING)
        _send(claimed, network)


def _queued(delivery_id: int) -> Delivery | None:
    found = Delivery.objects.select_related("channel", "wording", "changes")
    return found.filter(pk=delivery_id, state=rules.QUEUED).first()


def _watermark(delivery: Delivery, network: Network) -> str | None:
    """Our newest own post there, before the first byte; the oldest one taken stays the safest."""
    looked = delivery.watermark is not None or not delivery.publishes
    if looked or network.twice is not Twice.FINDABLE or not isinstance(network, Finds):
        return delivery.watermark
    return network.newest()


def claim(delivery_id: int, watermark: str | None) -> Delivery | None:
    """queued -> sending, if everything still allows it at this very moment; else say why not."""
    worker = shift.number()
    with transaction.atomic():
        rows = Delivery.objects.select_for_update(of=("self",)).select_related(
            "channel", "wording__variant", "changes"
        )
        delivery = rows.filter(pk=delivery_id, state=rules.QUEUED).first()
        if not delivery:
            return None
        now = database_now()
        if _stands_in_the_way(delivery, now):
            return None
        delivery.become(rules.SENDING)
        delivery.worker, delivery.watermark = worker, watermark
        delivery.touched_at = delivery.sent_at = now
        delivery.save()
        Attempt.objects.create(
            delivery=delivery, number=delivery.attempt, worker=worker, began_at=now
        )
    return delivery


def _stands_in_the_way(delivery: Delivery, now: datetime) -> bool:
    """Put the delivery back or aside when it may not go now."""
    if delivery.is_late(now):
        set_aside(delivery, late_words(delivery), by=BY)
    elif delivery.kind == rules.DELETE:
        return _waits_for_others(delivery, now)
    elif delivery.changes and _goes(delivery.changes):
        set_aside(delivery, GOES, by=BY)
    elif not _is_what_was_approved(delivery):
        why = "The words are not those that were approved, so nothing was sent."
        set_aside(delivery, why, by=BY)
    elif not posts.is_current(delivery.wording):
        set_aside(delivery, SUPERSEDED, by=BY)
    elif why := _why_no_warning(delivery):
        set_aside(delivery, why, by=BY)
    elif why := decisions.why_held(delivery.wording):
        _wait(delivery, why, now)
    elif (meant := delivery.wording.goes_at) > now and not delivery.in_doubt:
        _wait(delivery, "The clocks were changed by law; its time is later now.", meant)
    else:
        return _waits_for_others(delivery, now)
    return True


def _is_what_was_approved(delivery: Delivery) -> bool:
    """These very words, and where they were approved to go."""
    words = delivery.wording
    return words.channel_id == delivery.channel_id and decisions.is_approved(words)


def _why_no_warning(delivery: Delivery) -> str:
    """Of a warning that has not gone out, and that its publisher updated or cancelled meanwhile."""
    item = delivery.wording.variant.post.item
    return feeds.why_overtaken(item) if item and delivery.publishes else ""


def _goes(there: Delivery) -> bool:
    """Is it taken down, or about to be?"""
    down = there.changed_by.filter(kind=rules.DELETE)
    return down.exclude(state__in=[rules.REFUSED, rules.WITHHELD]).exists()


def _waits_for_others(delivery: Delivery, now: datetime) -> bool:
    """A stop, and what is in doubt, hold back whatever it is."""
    if why := pausing(delivery):
        _wait(delivery, why, now)
    elif _same_words_unsettled(delivery):
        why = "The same words are still being checked on this channel."
        _wait(delivery, why, now + timedelta(seconds=10))
    else:
        return False
    return True


def _same_words_unsettled(delivery: Delivery) -> bool:
    others = Delivery.objects.filter(
        channel=delivery.channel_id,
        fingerprint=delivery.fingerprint,
        state__in=[rules.QUEUED, rules.SENDING, rules.UNSURE, rules.ASKING],
    )
    return others.exclude(pk=delivery.pk).exists()


def _wait(delivery: Delivery, why: str, until: datetime) -> None:
    delivery.become(rules.WAITING, why)
    delivery.due_at = until
    delivery.save(update_fields=["state", "why", "due_at"])


def _unqueue(looked: Delivery, error: NetworkError) -> None:
    """Nothing was sent: looking before the first byte already failed."""
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().get(pk=looked.pk)
        if delivery.state == rules.QUEUED:
            _hold_channel(looked.channel, error)
            after = error.after if isinstance(error, Later) else timedelta(0)
            wait = max(after, rules.back_off(delivery.attempt))
            _wait(delivery, str(error), database_now() + wait)


def _send(delivery: Delivery, network: Network) -> None:
    """Sort outcomes by what the server may have done, not by the kind of error."""
    try:
        receipt = perform(delivery, network, Notebook(delivery))
    except Superseded as gone:
        log.warning("%s", gone)
    except NetworkError as error:
        _finish(delivery, error)
    except Exception:  # our own mistake after the first byte: the post may be live
        log.exception("Delivery %s broke while sending.", delivery.pk)
        _finish(delivery, Unsure("Something went wrong on our side while sending."))
    else:
        _finish(delivery, receipt)


def _finish(delivery: Delivery, outcome: Receipt | NetworkError) -> None:
    insist(partial(_write_down, delivery, outcome))


def _write_down(sent: Delivery, outcome: Receipt | NetworkError) -> None:
    """Save the outcome of one attempt, unless the delivery has gone on meanwhile. A receipt is
    proof as long as nobody has sent it again.
    """
    with transaction.atomic():
        delivery = Delivery.objects.select_for_update().get(pk=sent.pk)
        counts = rules.PROVABLE if isinstance(outcome, Receipt) else {rules.SENDING}
        if delivery.attempt != sent.attempt or delivery.state not in counts:
            return
        now = database_now()
        if isinstance(outcome, Receipt):
            arrive(delivery, outcome, now)
        else:
            _hold_channel(sent.channel, outcome)
            _did_not_arrive(delivery, outcome, now)
        Attempt.objects.filter(delivery=delivery, number=sent.attempt).update(
            ended_at=now, outcome=delivery.state, why=delivery.why
        )
        ring()


def arrive(delivery: Delivery, receipt: Receipt, now: datetime) -> None:
    """Arrived, with the proof."""
    delivery.remote_id, delivery.url = receipt.remote_id, receipt.url
    delivery.version = receipt.version
    why = delivery.evidence.get("reason", "")  # of taking it down
    _settle(delivery, rules.ARRIVED, why, _DONE[delivery.kind], now)
    if delivery.kind == rules.DELETE:
        unsay(Variant.objects.filter(wordings=delivery.wording_id))


def _did_not_arrive(delivery: Delivery, error: NetworkError, now: datetime) -> None:
    if isinstance(error, Unsure) or (isinstance(error, Already) and delivery.was_unsure()):
        doubt(delivery, str(error), now)
    elif isinstance(error, Later):
        _wait(delivery, str(error), now + max(error.after, rules.back_off(delivery.attempt)))
    elif isinstance(error, SignedOut):
        _wait(delivery, str(error), now)
    elif delivery.in_doubt:
        delivery.evidence["refused"] = str(error)
        set_aside(delivery, f"Sending it again was refused: {error}", by=BY)
    else:
        _settle(delivery, rules.REFUSED, str(error), events.REFUSED, now)
        if delivery.publishes:
            unsay(Variant.objects.filter(wordings=delivery.wording_id))


def doubt(delivery: Delivery, why: str, now: datetime) -> None:
    """The outcome is unknown: look first, at once."""
    delivery.become(rules.UNSURE, why)
    delivery.unsure_at = delivery.unsure_at or now
    delivery.absent_at, delivery.due_at = None, now
    with act(events.UNSURE, on=delivery, by=BY, why=why[:200]):
        delivery.save()


def _hold_channel(channel: Channel, error: NetworkError) -> None:
    """Too many requests and dead tokens concern the whole channel, as it was when it was used."""
    if isinstance(error, SignedOut):
        channel_actions.signed_out(channel, str(error), by=BY)
    if isinstance(error, Later) and error.pause:
        until = database_now() + error.after
        Channel.objects.filter(pk=channel.pk).update(next_slot_at=until)


def _settle(delivery: Delivery, state: str, why: str, kind: Kind, now: datetime) -> None:
    delivery.become(state, why)
    delivery.settled_at = now
    with act(kind, on=delivery, by=BY, why=why[:200], remote_id=delivery.remote_id):
        delivery.save()

"""Settling what is unknown: look first; only what is surely absent is sent once more; else ask a
person.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from procrastinate.tasks import Task

from oyez.channels import actions as channel_actions
from oyez.channels import queries as channels
from oyez.channels.models import Channel
from oyez.deliveries import events, rules, shift
from oyez.deliveries.actions.sending import BY, arrive, doubt
from oyez.deliveries.durable import insist
from oyez.deliveries.models import Attempt, Delivery
from oyez.deliveries.moment import ring
from oyez.deliveries.notebook import Memory
from oyez.deliveries.outward import perform
from oyez.ledger.acts import act
from oyez.ledger.deferring import defer
from oyez.ledger.moment import database_now
from oyez.networks.contract import (
    Finds,
    Later,
    Network,
    NetworkError,
    Receipt,
    SignedOut,
    Standing,
    Twice,
)

log = logging.getLogger(__name__)

Conclusion = Callable[[Delivery, datetime], None]

LOOK_LEASE = timedelta(seconds=60)
NEVER_ANSWERED = (
    "It was sent several times under one key and never answered. Look there, then choose."
)
CANNOT_SAY = "This network cannot say whether it has the message. Look there, then choose."
NOT_THERE = "It was not found there, so it is still to be sent."
SAME_AGAIN = "No answer is known. The same is sent again; it shows only once there."
LOST = "The worker stopped while sending, before it could write down the answer."


def window() -> timedelta:
    """Longer than the longest call: until it is over, a lost worker's call may be running."""
    return timedelta(seconds=settings.OYEZ.call_limit + 5)


def doubt_orphans() -> int:
    """`sending` without a living worker is unsure, once no call of its can still run. So is what
    names this worker, which knows that it has let go of it.
    """
    ours, others, now = shift.in_hand(), shift.others_alive(), database_now()
    sending = Delivery.objects.filter(state=rules.SENDING, touched_at__lt=now - window())
    with transaction.atomic():
        lost = sending.exclude(worker__in=others).exclude(pk__in=ours)
        rows = lost.select_for_update(skip_locked=True)
        orphans = list(rows[:500])
        for delivery in orphans:
            doubt(delivery, LOST, now)
            Attempt.objects.filter(delivery=delivery, number=delivery.attempt).update(
                ended_at=now, outcome=rules.UNSURE, why=LOST
            )
    return len(orphans)


def hand_out_looks(job: Task[..., None, ...], *, at_most: int = 200) -> int:
    """Queue one look for each unknown outcome whose time has come, in the lane of its own."""
    now = database_now()
    with transaction.atomic():
        due = Delivery.objects.filter(state=rules.UNSURE, due_at__lte=now).order_by("due_at")
        rows = list(due.select_for_update(skip_locked=True)[:at_most])
        Delivery.objects.filter(pk__in=[d.pk for d in rows]).update(due_at=now + LOOK_LEASE)
        for delivery in rows:
            defer(job, delivery_id=delivery.pk)
    return len(rows)


def look(delivery_id: int) -> None:
    """Find out about one unknown outcome, and write down what follows."""
    delivery = Delivery.objects.select_related("channel", "wording", "changes").get(pk=delivery_id)
    if delivery.state != rules.UNSURE:
        return
    try:
        _look(delivery)
    except (OperationalError, InterfaceError):
        raise  # the database stayed away: the look has a lease and comes again
    except Exception:  # our own mistake, or an answer that cannot be kept: never unknown for ever
        log.exception("Looking for delivery %s broke.", delivery.pk)
        _look_later(delivery, Later("Something went wrong on our side.", timedelta(0)))


def _look(delivery: Delivery) -> None:
    network = channels.network_of(delivery.channel)
    if known := _remembered(delivery, network):
        insist(lambda: _conclude(delivery, lambda d, now: arrive(d, known, now)))
    elif _is_harmless(delivery, network):
        insist(lambda: _conclude(delivery, _repeat))
    elif isinstance(network, Finds):
        _search(delivery, network)
    else:
        insist(lambda: _conclude(delivery, lambda d, now: _ask(d, CANNOT_SAY, [], now)))


def _is_harmless(delivery: Delivery, network: Network) -> bool:
    """May the same simply be sent again? Not where a backup may have forgotten under which key it
    went: then only our own page, which is this very database, knows better.
    """
    if delivery.restored and network.standing is not Standing.OURS:
        return False
    return delivery.kind in rules.CHANGES or network.twice is Twice.KEYED


def _remembered(delivery: Delivery, network: Network) -> Receipt | None:
    """The receipt, if the network's whole answer was written down before the worker was lost."""
    if not any("answer" in note for note in delivery.notebook.values()):
        return None
    try:
        return perform(delivery, network, Memory(delivery))
    except NetworkError:
        return None
    except Exception:  # as in _search: then it is looked for there
        log.exception("Remembering delivery %s broke.", delivery.pk)
        return None


def _search(delivery: Delivery, network: Finds) -> None:
    try:
        found = network.find(delivery.message, delivery.key, delivery.watermark or "")
    except NetworkError as problem:
        _look_later(delivery, problem)
        return
    candidates = _nobody_elses(delivery, list(found))
    insist(lambda: _conclude(delivery, lambda d, now: _weigh(d, candidates, now)))


def _look_later(delivery: Delivery, problem: NetworkError) -> None:
    insist(partial(_conclude, delivery, partial(_cannot_look, delivery.channel, problem)))


def _nobody_elses(delivery: Delivery, found: list[Receipt]) -> list[Receipt]:
    """A post that is another delivery's receipt is not ours to adopt."""
    taken = Delivery.objects.filter(
        channel=delivery.channel_id, remote_id__in=[receipt.remote_id for receipt in found]
    )
    others = set(taken.exclude(pk=delivery.pk).values_list("remote_id", flat=True))
    return [receipt for receipt in found if receipt.remote_id not in others]


def _conclude(delivery: Delivery, conclusion: Conclusion) -> None:
    """Apply a conclusion if the delivery is still the one we looked for."""
    with transaction.atomic():
        rows = Delivery.objects.select_for_update(of=("self",)).select_related(
            "channel", "wording", "changes"
        )
        current = rows.get(pk=delivery.pk)
        if current.state == rules.UNSURE and current.attempt == delivery.attempt:
            conclusion(current, database_now())
            ring()


def _repeat(delivery: Delivery, now: datetime) -> None:
    """Repeating the same bytes is harmless, and the answer tells."""
    if delivery.resends >= rules.KEYED_RESENDS or delivery.is_late(now):
        _ask(delivery, NEVER_ANSWERED, [], now)
        return
    delivery.resends += 1
    wait = timedelta(0) if delivery.resends == 1 else rules.back_off(delivery.resends)
    _send_again(delivery, now + wait)


def _weigh(delivery: Delivery, found: list[Receipt], now: datetime) -> None:
    if len(found) == 1:
        arrive(delivery, found[0], now)
        return
    if found:
        why = "More than one post there says exactly this. Choose which is ours."
        _ask(delivery, why, found, now)
        return
    since = now - delivery.absent_at if delivery.absent_at else None
    late = delivery.is_late(now) and not delivery.restored  # then it is put aside, unasked
    match rules.after_absence(since, window(), delivery.resends, late=late):
        case rules.NextLook.LOOK_AGAIN:
            _look_again(delivery, now)
        case rules.NextLook.RESEND:
            delivery.resends += 1
            delivery.unsure_at = None  # proved absent: no doubt is left from the earlier try
            _send_again(delivery, now)
        case rules.NextLook.ASK:
            why = "It was not found there, and sending it again could show it twice or too late."
            _ask(delivery, f"{why} {delivery.why}".rstrip(), [], now)


def _look_again(delivery: Delivery, now: datetime) -> None:
    delivery.absent_at = delivery.absent_at or now
    delivery.due_at = delivery.absent_at + window()
    delivery.save(update_fields=["absent_at", "due_at"])


def _send_again(delivery: Delivery, at: datetime) -> None:
    """The same words under the same key; steps that only began may begin again."""
    looked = delivery.absent_at is not None
    delivery.become(rules.WAITING, NOT_THERE if looked else SAME_AGAIN)
    delivery.notebook = {s: n for s, n in delivery.notebook.items() if "answer" in n}
    delivery.absent_at, delivery.due_at = None, at
    with act(events.SENT_AGAIN, on=delivery, by=BY, resends=delivery.resends, looked=looked):
        delivery.save()


def _cannot_look(channel: Channel, error: NetworkError, delivery: Delivery, now: datetime) -> None:
    """The network cannot be asked now. We ask again; after half an hour a person decides."""
    if isinstance(error, SignedOut):
        channel_actions.signed_out(channel, str(error), by=BY)
    if now - (delivery.unsure_at or now) > rules.LOOK_FOR:
        _ask(delivery, f"The network cannot be asked whether it is there: {error}", [], now)
        return
    tries = int(delivery.evidence.get("failed_looks", 0)) + 1
    delivery.evidence["failed_looks"] = tries
    after = error.after if isinstance(error, Later) else timedelta(0)
    delivery.due_at = now + max(after, rules.back_off(tries))
    delivery.save(update_fields=["evidence", "due_at"])


def _ask(delivery: Delivery, why: str, found: list[Receipt], now: datetime) -> None:
    delivery.become(rules.ASKING, why)
    delivery.settled_at = now
    delivery.evidence["candidates"] = [{"remote_id": r.remote_id, "url": r.url} for r in found]
    with act(events.ASKED, on=delivery, by=BY, why=why[:200]):
        delivery.save()

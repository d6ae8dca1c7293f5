"""Taking down what is out: an outward act like any other, with a reason that is kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

from django.db import transaction

from oyez.decisions import queries as decisions
from oyez.deliveries import events, queries, rules
from oyez.deliveries.actions.planning import GOES, set_aside
from oyez.deliveries.models import Delivery
from oyez.deliveries.moment import ring
from oyez.kit.ids import new_key
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.acts import act, refuse_unless
from oyez.ledger.moment import database_now
from oyez.policy.contract import Act, Level
from oyez.posts import queries as posts
from oyez.posts.models import Post

UNKNOWN = (
    "A person saw it on {channel}, and Oyez does not know which post it is. "
    "Take it down there by hand."
)
UNDO = timedelta(seconds=10)  # for a second thought


def take_down(
    post: Post,
    *,
    reason: str,
    channels: Collection[int] = (),
    wait: timedelta = timedelta(0),
    by: Actor,
) -> list[Delivery]:
    """Have it taken down on these channels (by number; none: wherever it stands), after `wait`.

    Raises Refusal when it stands nowhere there, a network cannot take it down, it is being taken
    down, or a check (RE-2) stands in the way.
    """
    refuse_unless(events.TAKE_DOWN_ASKED, on=post, by=by)
    with transaction.atomic():
        posts.locked(post)
        found = [one for one in queries.there(post) if not channels or one.channel_id in channels]
        _refuse(found, reason)
        _withhold_corrections(found, by=by)
        with act(events.TAKE_DOWN_ASKED, on=post, by=by, why=reason[:300]):
            # the last part of a thread goes first, so that none answers what is gone
            planned = Delivery.objects.bulk_create(
                _taking_down(one, reason, wait) for one in reversed(found)
            )
            ring()
    return planned


def _refuse(found: Sequence[Delivery], reason: str) -> None:
    for finding in decisions.look_at_act(Act("delete", reason)):
        if finding.level >= Level.HOLD:
            raise Refusal(finding.message)
    if not found:
        raise Refusal("It stands nowhere there, so there is nothing to take down.")
    for one in found:
        if not queries.is_known(one):
            raise Refusal(UNKNOWN.format(channel=one.channel))
        if not queries.can_take_down(one.channel):
            raise Refusal(f"{one.channel} does not let Oyez take posts down. Do it there by hand.")
        if any(change.kind == rules.DELETE and _is_open(change) for change in one.changed_by.all()):
            raise Refusal(f"It is being taken down on {one.channel} already.")


def _withhold_corrections(found: Sequence[Delivery], *, by: Actor) -> None:
    """What waits to correct them has nothing to correct any more."""
    waiting = Delivery.objects.filter(
        changes__in=found, kind=rules.EDIT, state__in=[rules.WAITING, rules.QUEUED]
    )
    for edit in waiting.select_for_update(of=("self",)):
        set_aside(edit, GOES, by=by)


def _is_open(change: Delivery) -> bool:
    return change.state not in {rules.REFUSED, rules.WITHHELD}


def _taking_down(there: Delivery, reason: str, wait: timedelta) -> Delivery:
    now = database_now()
    return Delivery(
        wording=there.wording,
        channel=there.channel,
        kind=rules.DELETE,
        changes=there,
        evidence={"reason": reason[:500]},
        planned_at=now,
        due_at=now + wait,
        not_after=now + rules.TAKE_DOWN_WITHIN,
        fingerprint=rules.names_what_goes(there.channel_id, there.remote_id),
        key=new_key(),
    )

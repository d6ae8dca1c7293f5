"""Moving what is due into the queue: one statement, however much waits for later."""

from __future__ import annotations

from django.db import connection, transaction
from procrastinate.tasks import Task

from oyez.decisions import queries as decisions
from oyez.deliveries import rules
from oyez.deliveries.actions.pausing import pausing
from oyez.deliveries.actions.planning import set_aside
from oyez.deliveries.models import Delivery
from oyez.deliveries.ready import CHANNELS, DELIVERIES, IDLE, MAY_LEAVE, NO_TWIN_IN_DOUBT
from oyez.ledger.actor import Actor
from oyez.ledger.deferring import defer

_PROMOTE = f"""
with idle as (
    select c.id from {CHANNELS} c
    where {IDLE}
      and exists (select 1 from {DELIVERIES} w where w.channel_id = c.id
                  and w.state = 'waiting' and w.due_at <= statement_timestamp())
    for update of c skip locked
), due as (
    select next.id, idle.id as channel_id
    from idle cross join lateral (
        select d.id from {DELIVERIES} d
        where d.channel_id = idle.id and d.state = 'waiting' and d.due_at <= statement_timestamp()
          and {NO_TWIN_IN_DOUBT} and {MAY_LEAVE}
        order by d.lane, d.due_at, d.id limit 1
        for update of d skip locked
    ) next
), picked as (
    update {DELIVERIES} d
    set state = 'queued', why = '', attempt = d.attempt + 1, touched_at = clock_timestamp()
    from due where due.id = d.id and d.state = 'waiting'
    returning d.id, d.channel_id
), slot as (
    update {CHANNELS} c set next_slot_at = clock_timestamp() + c.min_gap
    from picked where picked.channel_id = c.id and c.min_gap is not null
)
select id from picked
"""  # noqa: S608  table names are ours


# Two promoters at the same instant would each find a channel idle and send two things there. One
# that is frozen in the middle must not hold up the others: the database ends its transaction.
_ONE_AT_A_TIME = (
    "select set_config('idle_in_transaction_session_timeout', '5s', true),"
    " pg_advisory_xact_lock(hashtext('oyez promote'))"
)


def promote(job: Task[..., None, ...]) -> int:
    """Queue `job` for every idle channel's next due delivery. Returns how many."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_ONE_AT_A_TIME)
            cursor.execute(_PROMOTE)
            ids = [int(row[0]) for row in cursor.fetchall()]
        for delivery_id in ids:
            defer(job, delivery_id=delivery_id)
    return len(ids)


def withhold_late(*, by: Actor, at_most: int = 500) -> int:
    """Late means withheld and shown, never a surprise after an outage."""
    with transaction.atomic():
        waiting = Delivery.objects.filter(state=rules.WAITING)
        waiting = waiting.exclude(evidence__has_key=rules.RESTORED)  # it may be there
        late = waiting.extra(where=["not_after < statement_timestamp()"])
        rows = list(late.select_for_update(skip_locked=True)[:at_most])
        for delivery in rows:
            set_aside(delivery, late_words(delivery), by=by)
    return len(rows)


def late_words(delivery: Delivery) -> str:
    """Why it did not go in time."""
    held = pausing(delivery) or decisions.why_held(delivery.wording) or delivery.why
    return f"Too late: its time had passed before it could be sent. {held}".rstrip()

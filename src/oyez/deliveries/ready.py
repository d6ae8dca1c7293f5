"""What may go now? One answer for the promoter, who takes it, and for the self-check, who looks
whether it was taken. SQL on a channel `c` and a delivery `d`.
"""

from __future__ import annotations

from oyez.channels.models import Channel
from oyez.decisions.models import Hold
from oyez.deliveries.models import Attempt, Delivery
from oyez.emergency.models import Stop
from oyez.posts.models import Post, Variant, Wording

CHANNELS, DELIVERIES = Channel._meta.db_table, Delivery._meta.db_table
_ATTEMPTS, _STOPS = Attempt._meta.db_table, Stop._meta.db_table
_HOLDS, _POSTS = Hold._meta.db_table, Post._meta.db_table
_VARIANTS, _WORDINGS = Variant._meta.db_table, Wording._meta.db_table
_LONG = "statement_timestamp() - interval '1 minute'"

# A channel sends one thing at a time. The time of the statement can be looked up in an index; the
# clock's cannot, and all that waits for later would be read each time.
IDLE = f"""
    c.state = 'active' and c.health <> 'signed_out'
    and (c.next_slot_at is null or c.next_slot_at <= statement_timestamp())
    and not exists (select 1 from {_STOPS} s
                    where s.ended_at is null and (s.channel_id is null or s.channel_id = c.id))
    and not exists (select 1 from {DELIVERIES} b where b.channel_id = c.id
                    and b.state in ('queued', 'sending'))
"""  # noqa: S608  table names are ours

# Words that are still in doubt on a channel keep the same words back, and nothing else.
NO_TWIN_IN_DOUBT = f"""
    not exists (select 1 from {DELIVERIES} t
                where t.channel_id = d.channel_id and t.fingerprint = d.fingerprint
                  and t.state in ('unsure', 'asking') and t.id <> d.id)
"""  # noqa: S608

# Of a message in two languages, what holds one holds both; see decisions.what_holds.
_PAIR_IS_HELD = f"""
    exists (select 1 from {_WORDINGS} dw join {_VARIANTS} dv on dv.id = dw.variant_id
            join {_POSTS} o on o.pair_id = dv.post_id and o.state = 'submitted'
            join {_VARIANTS} ov on ov.post_id = o.id
            join {_WORDINGS} ow on ow.variant_id = ov.id and ow.version = o.version
            join {_HOLDS} oh on oh.wording_id = ow.id and oh.ended_at is null
            where dw.id = d.wording_id)
"""  # noqa: S608

# A part of a thread goes when the one before it is there; two corrections of one post go in turn,
# and taking it down waits for none. What a backup brought back is looked for first. What is held
# back waits for a person, but no hold on words keeps them from being taken down.
MAY_LEAVE = f"""
    not (d.evidence ? 'restored')
    and (d.after_id is null or exists (select 1 from {DELIVERIES} p
                                   where p.id = d.after_id and p.state = 'arrived'))
    and not exists (select 1 from {DELIVERIES} e
                    where e.changes_id = d.changes_id and e.id < d.id
                      and (e.state in ('queued', 'sending')
                           or d.kind = 'edit' and e.state in ('waiting', 'unsure')))
    and (d.kind = 'delete'
         or not exists (select 1 from {_HOLDS} h
                        where h.wording_id = d.wording_id and h.ended_at is null)
            and not {_PAIR_IS_HELD})
"""  # noqa: S608

# Between two messages of a long queue, or just after a stop has ended, a channel is idle for a
# moment and nothing is wrong.
_IDLE_FOR_LONG = f"""
    {IDLE} and (c.next_slot_at is null or c.next_slot_at <= {_LONG}) and c.linked_at <= {_LONG}
    and not exists (select 1 from {_STOPS} s
                    where s.ended_at > {_LONG} and (s.channel_id is null or s.channel_id = c.id))
    and not exists (select 1 from {_ATTEMPTS} a join {DELIVERIES} l on l.id = a.delivery_id
                    where a.began_at > {_LONG} and l.channel_id = c.id)
"""  # noqa: S608

OVERDUE = f"""
    select count(*) from {CHANNELS} c join {DELIVERIES} d on d.channel_id = c.id
    where d.state = 'waiting' and d.due_at < statement_timestamp() - interval '5 minutes'
      and {_IDLE_FOR_LONG} and {NO_TWIN_IN_DOUBT} and {MAY_LEAVE}
"""  # noqa: S608

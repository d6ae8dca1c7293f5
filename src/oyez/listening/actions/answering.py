"""Was it us?"""

from __future__ import annotations

from django.db import transaction

from oyez.channels import actions as channel_actions
from oyez.channels.models import Channel
from oyez.kit import clock
from oyez.ledger.actor import Actor, Refusal, signed
from oyez.ledger.acts import act, refuse_unless
from oyez.listening import events
from oyez.listening.models import Stray


def answer(channel: Channel, *, ours: bool, by: Actor) -> int:
    """Say of all that waits for an answer on this channel whether it was us; how many that were.

    Either way the channel leaves quarantine: say “not us” once the break-in is over. Raises Refusal
    where nothing waits.
    """
    refuse_unless(events.ANSWERED, on=channel, by=by)
    state = Stray.State.OURS if ours else Stray.State.NOT_OURS
    with transaction.atomic():
        waiting = Stray.objects.select_for_update().filter(channel=channel, state=Stray.State.ALARM)
        count = waiting.count()
        if not count:
            raise Refusal(f"Nothing on {channel} waits for an answer.")
        with act(events.ANSWERED, on=channel, by=by, ours=ours, count=count):
            waiting.update(state=state, answered_at=clock.now(), answered_by=signed(by))
            channel_actions.let_out(channel, by=by)
    return count

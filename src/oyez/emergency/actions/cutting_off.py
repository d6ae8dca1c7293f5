"""Somebody else is posting as us: stop sending, end every token, say what is left to do by hand.

All of it within a minute: the stop stands before any network is asked, and all are asked at once.
A drill does the same without ending anything, and lets sending go on after it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict

from django.db import connection

from oyez.channels import actions as channel_actions
from oyez.channels import queries as channels
from oyez.channels.actions import Revocation
from oyez.channels.models import Channel
from oyez.emergency import events, queries
from oyez.emergency.actions.stopping import resume, stop
from oyez.emergency.models import CutOff
from oyez.kit import clock
from oyez.kit.keys import KeysElsewhere
from oyez.ledger.actor import Actor, NotAllowed
from oyez.ledger.acts import act

log = logging.getLogger(__name__)

AT_ONCE = 8
OUR_MISTAKE = "Something went wrong on our side, and nothing may have been ended."
WHY = "Somebody else may be posting as us."
WHY_DRILL = "A drill. Nothing has happened, and sending goes on in a moment."


def cut_off(channel: Channel | None, *, drill: bool = False, by: Actor) -> CutOff:
    """Stop this channel (or all) and end our access; what came of it, channel by channel."""
    kind = events.DRILLED if drill else events.CUT_OFF
    done = CutOff(channel=channel, drill=drill, by_name=by.name, began_at=clock.now())
    if not by.may(kind.name, done):
        raise NotAllowed(by, kind.says)
    began = time.monotonic()
    stopped_before = queries.in_force().filter(channel=channel).exists()
    stop(channel, why=WHY_DRILL if drill else WHY, by=by)
    done.found = _each([channel] if channel else list(channels.linked()), drill=drill, by=by)
    done.seconds = round(time.monotonic() - began, 1)
    with act(kind, on=done, by=by, seconds=done.seconds, channels=len(done.found)):
        done.save()
    if drill and not stopped_before:
        resume(channel, by=by)
    return done


def _each(which: Sequence[Channel], *, drill: bool, by: Actor) -> list[dict[str, object]]:
    def one(channel: Channel) -> dict[str, object]:
        began = time.monotonic()
        try:
            found = _end(channel, drill=drill, by=by)
        finally:
            connection.close()  # this thread's own
        seconds = round(time.monotonic() - began, 1)
        named = {"channel": channel.name, "channel_id": channel.pk, "seconds": seconds}
        return {**named, **asdict(found)}

    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="cut-off") as pool:
        return list(pool.map(one, which))


def _end(channel: Channel, *, drill: bool, by: Actor) -> Revocation:
    """A mistake of ours with one channel keeps no other from being cut off."""
    try:
        end = channel_actions.rehearse if drill else channel_actions.revoke
        return end(channel, by=by)
    except KeysElsewhere as lacking:  # typed in a shell that has not the house’s keys
        return Revocation(by_hand=channels.by_hand(channel), trouble=str(lacking))
    except Exception:
        log.exception("Ending our access to channel %s broke.", channel.pk)
        return Revocation(by_hand=channels.by_hand(channel), trouble=OUR_MISTAKE)

"""Is there anything on our channel that we did not send? Then somebody is told at once (ADR 22)."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from oyez.channels import actions as channel_actions
from oyez.channels import queries as channels
from oyez.channels.models import Channel
from oyez.ledger.actor import Actor
from oyez.ledger.acts import act
from oyez.ledger.moment import database_now
from oyez.listening import events, queries, rules
from oyez.listening.models import Stray, Watch
from oyez.networks.contract import (
    Change,
    Changes,
    Later,
    NetworkError,
    Seen,
    Shows,
    ShowsChanges,
    SignedOut,
)

log = logging.getLogger(__name__)


def look(channel: Channel, *, by: Actor) -> list[Stray]:
    """Look once, and sound the alarm where it is due; what was found to be an alarm by this look.

    What stands there at the very first look was there before us. A network that cannot be asked is
    asked again later.
    """
    watch = queries.watch_of(channel) or Watch(channel=channel, next_at=database_now())
    try:
        network = channels.network_of(channel)
        if not isinstance(network, Shows):
            return []
        seen = network.shown(watch.since or "")
        changes, watch.blind = _changes(network, watch.mark)
    except NetworkError as error:
        _come_again(watch, channel, error, by=by)
        return []
    with transaction.atomic():
        channels.linked().select_for_update().filter(pk=channel.pk).first()  # one look at a time
        first = watch.since is None
        written = [*seen, *queries.told_apart(channel, changes.seen)]
        alarms = _was_there_before(channel, seen) if first else _weigh(channel, written, by=by)
        watch.mark = changes.mark
        _looked(watch, channel, seen)
    return alarms


def _changes(network: Shows, mark: str) -> tuple[Changes, str]:
    """What was written since the mark, under whichever id; and why nobody could see that. New posts
    are to be seen all the same.
    """
    if not isinstance(network, ShowsChanges):
        return Changes(mark), ""
    try:
        return network.changed(mark), ""
    except SignedOut:
        raise
    except NetworkError as error:
        return Changes(mark), str(error)[:500]


def _was_there_before(channel: Channel, seen: Sequence[Seen]) -> list[Stray]:
    """No alarm, at this look or a later one: some of it may be shown again each time."""
    now = database_now()
    for one in seen:
        _note(channel, one, now, Stray.State.BEFORE)
    return []


def _come_again(watch: Watch, channel: Channel, error: NetworkError, *, by: Actor) -> None:
    asked = error.after if isinstance(error, Later) else timedelta(0)
    if isinstance(error, SignedOut):
        channel_actions.signed_out(channel, str(error), by=by)
    watch.trouble, watch.next_at = str(error)[:500], database_now() + rules.next_look(asked)
    watch.save()


def _looked(watch: Watch, channel: Channel, seen: Sequence[Seen]) -> None:
    """Go on from the newest post, unless one is still being looked at."""
    now, suspects = database_now(), queries.suspected(channel).exists()
    if watch.since is None or not suspects:
        newest = next((one.remote_id for one in seen if one.marks), "")
        watch.since = newest or watch.since or ""
    watch.looked_at, watch.trouble = now, ""
    watch.next_at = now + (rules.SOON if suspects else rules.EVERY)
    watch.save()


def _weigh(channel: Channel, seen: Sequence[Seen], *, by: Actor) -> list[Stray]:
    """What is no longer there is judged too: a post that was up for a minute was read."""
    now, sending = database_now(), queries.is_sending(channel)
    for one in queries.not_ours(channel, seen):
        _note(channel, one, now)
    suspects = {stray.remote_id: stray for stray in queries.suspected(channel)}
    unknown = {one.remote_id for one in queries.not_ours(channel, [*map(_seen, suspects.values())])}
    queries.suspected(channel).exclude(remote_id__in=unknown).delete()
    alarms = [
        stray
        for remote_id, stray in suspects.items()
        if remote_id in unknown and rules.is_alarm(now - stray.seen_at, sending=sending)
    ]
    if alarms:
        _sound(channel, alarms, now, by=by)
    return alarms


def _seen(stray: Stray) -> Seen:
    told = (stray.remote_id, stray.words, stray.url, stray.posted_at, stray.boost)
    return Seen(*told, version=stray.version, change=Change(stray.change))


def _note(channel: Channel, one: Seen, now: datetime, state: str = Stray.State.SUSPECTED) -> None:
    Stray.objects.get_or_create(
        channel=channel,
        remote_id=one.remote_id,
        defaults={
            "words": one.words[: rules.LONGEST_WORDS],
            "url": one.url,
            "boost": one.boost,
            "change": one.change.value,
            "version": one.version,
            "posted_at": one.at,
            "seen_at": now,
            "state": state,
        },
    )


def _sound(channel: Channel, alarms: Sequence[Stray], now: datetime, *, by: Actor) -> None:
    """One event for all of one look, on the newest: a flood is one alarm."""
    log.warning("Channel %s shows %d posts that we did not send.", channel.pk, len(alarms))
    with act(events.STRAY_SEEN, on=alarms[0], by=by, channel=channel.pk, count=len(alarms)):
        for stray in alarms:
            stray.state, stray.alarm_at = Stray.State.ALARM, now
            stray.save(update_fields=["state", "alarm_at"])
        if not channel.by_hand:
            channel_actions.quarantine(channel, by=by)

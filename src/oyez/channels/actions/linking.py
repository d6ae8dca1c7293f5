"""Linking, checking and removing channels."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import connection, transaction

from oyez.channels import events, outside, queries
from oyez.channels.keyring import ChannelKeyring
from oyez.channels.models import Channel, Secret
from oyez.kit import clock
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.acts import act, refuse_unless
from oyez.networks import registry
from oyez.networks.contract import Facts, Link, NetworkClass, NetworkError, SignedOut, Standing
from oyez.people.models import Team

log = logging.getLogger(__name__)


def link(network: str, answers: Mapping[str, str], *, name: str = "", by: Actor) -> Channel:
    """Try the answers on the network, then keep the channel. Nothing is kept when the network says
    no.
    """
    refuse_unless(events.LINKED, on=None, by=by)  # before anybody’s network is asked
    kind, found = _try(network, answers)
    with _one_at_a_time():
        known = queries.linked().filter(network=kind.name, identity=found.identity).first()
        channel = _locked(known) if known else Channel(network=kind.name, identity=found.identity)
        return _keep(channel, found, name=name, by=by)


def link_again(channel: Channel, answers: Mapping[str, str], *, by: Actor) -> Channel:
    """New answers for a channel we have: a fresh token, or the same account at a new address."""
    refuse_unless(events.LINKED, on=channel, by=by)
    _, found = _try(channel.network, answers)
    with _one_at_a_time():
        current = _locked(channel)
        current.identity = found.identity
        return _keep(current, found, name="", by=by)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two who link the same account, or give the same name, at once: the second finds the first."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('oyez channels'))")
        yield


def _try(network: str, answers: Mapping[str, str]) -> tuple[NetworkClass, Link]:
    try:
        kind = registry.by_name(network)
        return kind, kind.link(outside.client(), answers)
    except (NetworkError, registry.UnknownNetwork) as error:
        raise Refusal(str(error)) from error


def _keep(channel: Channel, found: Link, *, name: str, by: Actor) -> Channel:
    channel.name = name or channel.name or _free_name(found.handle)
    if len(channel.name) > 100:
        raise Refusal("A channel's name may have 100 characters. Give a shorter one.")
    if queries.linked().filter(name__iexact=channel.name).exclude(pk=channel.pk).exists():
        raise Refusal(f"There is already a channel called “{channel.name}”. Give another name.")
    channel.handle, channel.url, channel.facts = found.handle, found.url, dict(found.facts)
    if channel.state != Channel.State.QUARANTINED:  # linking again answers no alarm
        channel.state = Channel.State.ACTIVE
    channel.linked_at = clock.now()
    channel.health, channel.health_why = Channel.Health.WORKING, ""
    channel.checked_at = clock.now()
    with act(events.LINKED, on=channel, by=by, network=channel.network):
        channel.save()
        ChannelKeyring(channel.pk).write(found.secrets)
    return channel


def _free_name(handle: str) -> str:
    taken = set(queries.linked().values_list("name", flat=True))
    handle = handle[:90]
    if handle not in taken:
        return handle
    return next(f"{handle} {n}" for n in range(2, 1000) if f"{handle} {n}" not in taken)


def open_our_own(*, by: Actor) -> None:
    """Make the always-on channels that are missing; called at every start of every worker."""
    with _one_at_a_time():
        for kind in registry.standing(Standing.OURS):
            if not queries.linked().filter(network=kind.name):
                link(kind.name, {}, by=by)


def check(channel: Channel, *, by: Actor) -> Channel:
    """Ask the network whether the channel is still ours, and keep fresh limits."""
    refuse_unless(events.CHECKED, on=channel, by=by)
    try:
        facts = queries.network_of(channel).check()
    except SignedOut as error:
        return signed_out(channel, str(error), by=by)
    except NetworkError as error:
        return _found(channel, Channel.Health.UNREACHABLE, str(error), {}, by=by)
    return _found(channel, Channel.Health.WORKING, "", facts, by=by)


def signed_out(channel: Channel, why: str, *, by: Actor) -> Channel:
    """The token is dead: nothing is tried again until a person links the channel again. `channel`
    is as it was when the network was called; where it was linked again since, this is no news.
    """
    with transaction.atomic():
        current = _locked(channel)
        if current.linked_at != channel.linked_at:
            return current
        _is(current, Channel.Health.SIGNED_OUT, why)
        with act(events.SIGNED_OUT, on=current, by=by):
            current.save(update_fields=["health", "health_why", "checked_at"])
    return current


def _found(channel: Channel, health: str, why: str, facts: Facts, *, by: Actor) -> Channel:
    with transaction.atomic():
        current = _locked(channel)
        if current.linked_at != channel.linked_at:
            return current
        changed = current.health != health
        _is(current, health, why)
        current.facts = {**current.facts, **facts}
        fields = ["health", "health_why", "checked_at", "facts"]
        if not changed:  # a routine check that finds nothing new is no event
            current.save(update_fields=fields)
            return current
        with act(events.CHECKED, on=current, by=by, health=health):
            current.save(update_fields=fields)
    return current


def _locked(channel: Channel) -> Channel:
    return Channel.objects.select_for_update().get(pk=channel.pk)


def _is(channel: Channel, health: str, why: str) -> None:
    channel.health, channel.health_why, channel.checked_at = health, why[:500], clock.now()


def describe(
    channel: Channel,
    *,
    tone: str,
    area: str,
    personal: bool = False,
    by_hand: bool = False,
    by: Actor,
) -> Channel:
    """Say how one speaks to its readers, and for which part of the body (empty area: for all) or,
    where it is `personal`, for which one person; and whether people also post there `by_hand`.
    """
    if len(tone) > 300 or len(area) > 100:
        raise Refusal("The tone may have 300 characters and the area 100. Shorten it.")
    channel.tone, channel.area, channel.personal = tone.strip(), area.strip(), personal
    channel.by_hand = by_hand
    with act(events.DESCRIBED, on=channel, by=by, by_hand=by_hand):
        channel.save(update_fields=["tone", "area", "personal", "by_hand"])
    return channel


def give_to(channel: Channel, team: Team | None, *, by: Actor) -> Channel:
    """From now on this team alone acts on it, besides who is in no team; None: the whole house."""
    if team and channel.standing is Standing.OURS:
        raise Refusal("Our own page carries what everybody publishes: it stays the whole house’s.")
    with transaction.atomic():
        current = _locked(channel)
        before = current.team_id
        current.team = team
        with act(events.GIVEN, on=current, by=by, before=before, team=team.pk if team else None):
            current.save(update_fields=["team"])
    return current


def remove(channel: Channel, *, by: Actor) -> None:
    """Retire the channel and destroy its secrets. What was sent there stays on record."""
    if channel.standing is Standing.OURS:
        raise Refusal("Our own page is always on and cannot be removed.")
    channel.state = Channel.State.RETIRED
    with act(events.REMOVED, on=channel, by=by):
        channel.save(update_fields=["state"])
        Secret.objects.filter(channel=channel).delete()

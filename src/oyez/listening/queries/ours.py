"""What of this did we put there ourselves? Told by ids, and of changes by the versions of what we
wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from django.db.models import Q, QuerySet

from oyez.channels.models import Channel
from oyez.deliveries import queries as deliveries
from oyez.deliveries import rules as delivery_rules
from oyez.deliveries.models import Delivery
from oyez.ledger.moment import database_now
from oyez.listening import rules
from oyez.listening.models import Stray
from oyez.networks.contract import Change, Seen

_OPEN = [delivery_rules.QUEUED, delivery_rules.SENDING, delivery_rules.UNSURE]


def not_ours(channel: Channel, seen: Sequence[Seen]) -> list[Seen]:
    """What of this no delivery of ours put there, as far as we know by now."""
    posts = [one for one in seen if one.change is Change.NONE]
    changes = [one for one in seen if one.change is not Change.NONE]
    return [*_strange(channel, posts), *_changed_by_others(channel, changes)]


def _strange(channel: Channel, seen: Sequence[Seen]) -> Iterator[Seen]:
    sent = deliveries.by_channel(channel)
    ids = {one.remote_id for one in seen}
    known = set(sent.filter(remote_id__in=ids).values_list("remote_id", flat=True))
    places = {one.url for one in seen if one.url}
    known_places = set(sent.filter(url__in=places).values_list("url", flat=True))
    asked = _asked_about(channel)
    for one in seen:
        if one.remote_id not in known | asked and (one.boost or one.url not in known_places):
            yield one


def _asked_about(channel: Channel) -> set[str]:
    """What a person has been asked about already: is this the message whose answer got lost?"""
    asking = deliveries.by_channel(channel).filter(state=delivery_rules.ASKING)
    found = asking.values_list("evidence__candidates", flat=True)
    return {str(one.get("remote_id")) for some in found for one in some or []}


def _changed_by_others(channel: Channel, seen: Iterable[Seen]) -> Iterator[Seen]:
    for one in seen:
        post = one.remote_id.removesuffix(f"#{one.version}")
        if one.change is Change.ACCOUNT or not _wrote(channel, post, one.version).exists():
            yield one


def _wrote(channel: Channel, remote_id: str, version: str) -> QuerySet[Delivery]:
    """Ours that left this post as it is. Of what older workers sent no version is known."""
    lately = database_now() - rules.OLDER_WORKERS
    known = Q(version=version) | Q(version="", settled_at__gt=lately)
    return deliveries.by_channel(channel).filter(known, remote_id=remote_id)


def told_apart(channel: Channel, written: Sequence[Seen]) -> list[Seen]:
    """Of all that was written: is it new to us, or does a post that we know say something else?

    What is as we know it is left out. A change has an id of its own, as there may be many.
    """
    ids = [one.remote_id for one in written]
    sent = deliveries.by_channel(channel).filter(remote_id__in=ids)
    known = {*sent.values_list("remote_id", "version")}
    known |= {*_noted(channel, ids).values_list("remote_id", "version")}
    posts = {remote_id for remote_id, _ in known}
    found = [one for one in written if (one.remote_id, one.version) not in known]
    return [_as_change(one) if one.remote_id in posts or one.change.value else one for one in found]


def _noted(channel: Channel, ids: Sequence[str]) -> QuerySet[Stray]:
    return Stray.objects.filter(channel=channel, remote_id__in=ids)


def _as_change(one: Seen) -> Seen:
    change = one.change if one.change is Change.ACCOUNT else Change.POST
    return replace(one, remote_id=f"{one.remote_id}#{one.version}", change=change)


def is_sending(channel: Channel) -> bool:
    """Is something of ours on its way there, whose id we do not know yet?"""
    return deliveries.by_channel(channel).filter(state__in=_OPEN).exists()

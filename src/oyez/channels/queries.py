"""Which channels do we have, and how are they?"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db.models import QuerySet

from oyez.channels.keyring import ChannelKeyring
from oyez.channels.models import Channel
from oyez.channels.outside import client
from oyez.ledger.actor import Refusal
from oyez.networks import registry
from oyez.networks.contract import Network, NetworkClass, Standing


def linked() -> QuerySet[Channel]:
    """Every channel that is not retired, our own first."""
    return Channel.objects.exclude(state=Channel.State.RETIRED).order_by("id")


def one(pk: int) -> Channel:
    """The channel of this number. Raises Refusal when there is none."""
    found = linked().filter(pk=pk).first()
    if not found:
        raise Refusal(f"There is no channel {pk}.")
    return found


def named(names: list[str] | tuple[str, ...]) -> list[Channel]:
    """The channels of these names (or ids), in that order. Refusal names the first unknown."""
    return [_one(name) for name in dict.fromkeys(names)]


def numbered(pks: Sequence[int]) -> list[Channel]:
    """The channels of these numbers, in that order. Refusal when one is no longer ours."""
    found = linked().in_bulk(list(pks))
    if len(found) < len(set(pks)):
        raise Refusal("One of its channels was removed. Choose again where it goes.")
    return [found[pk] for pk in dict.fromkeys(pks)]


def _one(name: str) -> Channel:
    channels = linked()
    found = channels.filter(name__iexact=name).first()
    if not found and name.isdecimal():
        found = channels.filter(pk=int(name)).first()
    if not found:
        raise Refusal(f"There is no channel “{name}”. {_known()}")
    return found


def _known() -> str:
    names = ", ".join(channel.name for channel in linked())
    return f"Linked are: {names}." if names else "Link one first: oyez channels add."


def ours() -> QuerySet[Channel]:
    """The always-on channels, where every published post lands."""
    return linked().filter(network__in=_names(Standing.OURS), state=Channel.State.ACTIVE)


def writable() -> QuerySet[Channel]:
    """Where a message can be sent by name: everything but our own page, which is always meant."""
    return linked().exclude(network__in=_names(Standing.OURS))


def usual() -> QuerySet[Channel]:
    """Those ticked on an empty page: the real ones that work; practice while there is none."""
    working = writable().filter(state=Channel.State.ACTIVE)
    linked_ones = working.exclude(network__in=_names(Standing.PRETEND))
    return linked_ones if linked_ones.exists() else working


def real() -> QuerySet[Channel]:
    """Channels on somebody else's network: not practice, not our own page."""
    return linked().filter(network__in=_names(Standing.LINKED))


def pretend() -> QuerySet[Channel]:
    """The practice channels: nothing sent there leaves the machine."""
    return linked().filter(network__in=_names(Standing.PRETEND))


def personal() -> QuerySet[Channel]:
    """Profiles of single people, who may speak there as themselves."""
    return linked().filter(personal=True)


def needing_attention() -> QuerySet[Channel]:
    return linked().exclude(health=Channel.Health.WORKING)


def linkable() -> list[NetworkClass]:
    """The networks an administrator can link."""
    return list(registry.standing(Standing.LINKED))


def _names(standing: Standing) -> list[str]:
    return [network.name for network in registry.standing(standing)]


def network_of(channel: Channel) -> Network:
    """The channel's adapter, ready to act. What is ours learns the public address from the
    settings.
    """
    facts = dict(channel.facts)
    if channel.standing is Standing.OURS:
        facts["url"] = settings.OYEZ.url
    return channel.network_class(client(), facts, ChannelKeyring(channel.pk))

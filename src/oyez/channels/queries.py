"""Which channels do we have, and how are they?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, QuerySet

from oyez.channels.keyring import ChannelKeyring
from oyez.channels.models import Channel, SealKey
from oyez.channels.outside import client
from oyez.ledger.actor import Actor, Refusal
from oyez.ledger.events import Kind
from oyez.ledger.sealing import keeping, keys, seal
from oyez.networks import registry
from oyez.networks.contract import Network, NetworkClass, Revokes, Standing
from oyez.people import queries as people
from oyez.people import vault
from oyez.people.models import Team
from oyez.people.rules import ADMINISTRATOR

REMOVED = "One of its channels was removed. Choose again where it goes."


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
        raise Refusal(REMOVED)
    return [found[pk] for pk in dict.fromkeys(pks)]


def still_ours(pks: Sequence[int]) -> list[Channel]:
    """Those of these numbers that were not removed, in that order."""
    found = linked().in_bulk(list(pks))
    return [found[pk] for pk in dict.fromkeys(pks) if pk in found]


def ever(pks: Iterable[int]) -> QuerySet[Channel]:
    """Those of these numbers, also such as were removed."""
    return Channel.objects.filter(pk__in=list(pks))


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


def open_to(by: Actor, kind: Kind, found: Iterable[Channel]) -> list[Channel]:
    """Those of them on which this actor may make `kind` happen."""
    return [channel for channel in found if by.may(kind.name, channel)]


def teams_of(pks: Iterable[int]) -> frozenset[int]:
    """The teams that own any of these channels."""
    wanted = set(pks)
    if not wanted:
        return frozenset()
    owned = Channel.objects.filter(pk__in=wanted, team__isnull=False)
    return frozenset(owned.values_list("team", flat=True))


def owners() -> dict[int, int]:
    """The team of each channel that belongs to one, by numbers: for lists, in one question."""
    owned = Channel.objects.filter(team__isnull=False)
    return dict(owned.values_list("pk", "team"))


def elsewhere(by: Actor) -> list[int]:
    """The channels of other teams than theirs, by number: what happens there need not bother them.
    None for who works for the whole house.
    """
    owned = owners()
    person = people.behind(by) if owned else None
    if not person or not person.team_numbers or person.holds(ADMINISTRATOR):
        return []
    return [channel for channel, team in owned.items() if team not in person.team_numbers]


def of_team(team: Team) -> QuerySet[Channel]:
    return linked().filter(team=team)


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


def quarantined() -> QuerySet[Channel]:
    """Those that somebody else may be using."""
    return linked().filter(state=Channel.State.QUARANTINED)


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


def by_hand(channel: Channel) -> str:
    """Where on the network a person ends every way in."""
    kind = channel.network_class
    if issubclass(kind, Revokes):
        return kind.by_hand()
    return f"Sign in to {kind.title} in a browser, change the password and end every access."


def seal_keys() -> QuerySet[SealKey]:
    """Every key there ever was, by its id."""
    return SealKey.objects.order_by("added_at", "pk")


def key_uses() -> dict[str, int]:
    """How many secrets each key seals, by its id; those we do not have among them."""
    found: Counter[str] = Counter()
    for kept in keeping():
        rows = kept.rows().values("sealed_by").order_by().annotate(count=Count("pk"))
        found.update({row["sealed_by"]: row["count"] for row in rows})
    return dict(sorted(found.items()))


def shut() -> dict[str, int]:
    """How many of the secrets that each key sealed do not open now: it is missing, or another one
    has its id.
    """
    found: Counter[str] = Counter()
    for kept in keeping():
        found.update(row.sealed_by for row in kept.rows() if not kept.is_open(row))
    return dict(found)


SEALS, OPENS, DROPPED, MISSING, WRONG = "seals", "opens", "dropped", "missing", "not the same"


@dataclass(frozen=True, slots=True)
class KeyUse:
    """A key by its id: does it seal, only open, or is it gone; how much is sealed with it, and how
    much of that opens? One that is “not the same” has the id of what sealed some, and is not it.
    """

    id: str
    state: str
    secrets: int
    open: int
    since: datetime | None
    kept_in: str


def keys_in_use() -> list[KeyUse]:
    """Those we have, the one that seals first; then those that secrets or the record name."""
    given, uses, closed = seal().ids, key_uses(), shut()
    since = dict(seal_keys().values_list("name", "added_at"))
    return [
        KeyUse(
            name,
            _state(name, given, uses, closed),
            uses.get(name, 0),
            uses.get(name, 0) - closed.get(name, 0),
            since.get(name),
            _kept_in(name, given),
        )
        for name in dict.fromkeys([*given, *uses, *since])
    ]


def _state(
    key: str, given: Sequence[str], uses: Mapping[str, int], closed: Mapping[str, int]
) -> str:
    if key not in given and key != vault.OLD:
        return MISSING if key in uses else DROPPED
    if key in closed:
        return WRONG
    return SEALS if key == given[0] else OPENS


def _kept_in(key: str, given: Sequence[str]) -> str:
    if key in given:
        return keys().where
    return vault.WHERE if key == vault.OLD else ""

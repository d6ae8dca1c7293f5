"""Which networks are there? The built-in ones, and those of installed packages."""

from __future__ import annotations

from functools import cache
from importlib.metadata import entry_points

from oyez.networks.bluesky import Bluesky
from oyez.networks.contract import NetworkClass, Standing
from oyez.networks.mastodon import Mastodon
from oyez.networks.own_page import OwnPage
from oyez.networks.practice_wall import PracticeWall

BUILT_IN: tuple[NetworkClass, ...] = (Mastodon, Bluesky, OwnPage, PracticeWall)
GROUP = "oyez.networks"


class UnknownNetwork(LookupError):
    """No network has this name. The sentence lists those there are."""


class TwoOfOneName(ValueError):
    """Two networks claim one name: a delivery would not know which to use."""


@cache
def all_networks() -> tuple[NetworkClass, ...]:
    """Every network: the built-in ones in their order, then those of the entry points by name."""
    added = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    classes = (*BUILT_IN, *(point.load() for point in added))
    names = [network.name for network in classes]
    if twice := {name for name in names if names.count(name) > 1}:
        raise TwoOfOneName(f"More than one network is called {', '.join(sorted(twice))}.")
    return classes


def by_name(name: str) -> NetworkClass:
    """The network of this name. Raises UnknownNetwork."""
    for network in all_networks():
        if network.name == name:
            return network
    known = ", ".join(network.name for network in all_networks())
    raise UnknownNetwork(f"There is no network called “{name}”. There are: {known}.")


def standing(which: Standing) -> tuple[NetworkClass, ...]:
    """The networks of one standing, for example those an administrator can link."""
    return tuple(network for network in all_networks() if network.standing is which)

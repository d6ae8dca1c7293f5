"""Our own page and feeds: the channel that is always there."""

from oyez.networks.own_page.network import OwnPage

__all__ = ["OwnPage"]

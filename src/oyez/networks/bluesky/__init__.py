"""Bluesky, or any personal data server of the AT Protocol."""

from oyez.networks.bluesky.network import Bluesky

__all__ = ["Bluesky"]

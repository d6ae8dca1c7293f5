"""Mastodon and every other server with its client API."""

from oyez.networks.mastodon.network import Mastodon

__all__ = ["Mastodon"]

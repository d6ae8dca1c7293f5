"""Who is this network? How it works is in networks/_mastodon, which it shares."""

from __future__ import annotations

from typing import ClassVar

from oyez.networks._mastodon.api import MastodonApi
from oyez.networks.contract import Standing


class Mastodon(MastodonApi):
    """An account on any server with Mastodon's client API."""

    name: ClassVar[str] = "mastodon"
    title: ClassVar[str] = "Mastodon"
    standing: ClassVar[Standing] = Standing.LINKED

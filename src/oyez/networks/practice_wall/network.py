"""Who is this network? How it works is in networks/_mastodon: practice trains the real."""

from __future__ import annotations

from typing import ClassVar

from oyez.networks._mastodon.api import MastodonApi
from oyez.networks.contract import Standing


class PracticeWall(MastodonApi):
    """An account on the practice server: its token is accepted there alone."""

    name: ClassVar[str] = "practice_wall"
    title: ClassVar[str] = "Practice"
    standing: ClassVar[Standing] = Standing.PRETEND

"""A feed on loopback for journeys: the house may fetch it, and a test can add items to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from oyez.channels import outside
from tests.feeds.source import Source, serving

NEWS = (
    "Recycling centre at Launceston closed on Tuesday",
    "Mae’r llyfrgell ar agor: the library is open again 🧊",
    "A388 closed at Polson Bridge until 17:00",
)


@contextmanager
def a_source(settings: Any, *titles: str) -> Iterator[Source]:
    """Serve the feed and put exactly its address on the allow-list."""
    with serving(*(titles or NEWS)) as source:
        allow(settings, f"127.0.0.1:{source.port}")
        yield source
    outside.client.cache_clear()


def allow(settings: Any, *addresses: str) -> None:
    """What the house may fetch although it is private."""
    settings.OYEZ = replace(settings.OYEZ, allow_private=addresses)
    outside.client.cache_clear()

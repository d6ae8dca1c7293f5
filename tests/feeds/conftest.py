"""Feeds on loopback, and the permission to fetch them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytest_django import Settings

from oyez.channels import outside
from tests.fakes.networks import Findable, Keyed, Log, fakes
from tests.feeds.source import Source, serving


@pytest.fixture
def log() -> Iterator[Log]:
    with fakes(Findable, Keyed) as log:
        yield log


@pytest.fixture
def source(settings: Settings) -> Iterator[Source]:
    """A feed with 30 old items that may be fetched."""
    with serving(*(f"Old notice {n}" for n in range(30))) as source:
        settings.OYEZ = replace(settings.OYEZ, allow_private=(f"127.0.0.1:{source.port}",))
        outside.client.cache_clear()
        yield source
    outside.client.cache_clear()

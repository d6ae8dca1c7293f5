"""A house with a public address, and a network that only exists here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytest_django import Settings

from oyez.channels import actions
from tests.factories import BY
from tests.fakes.networks import Findable, Log, fakes


@pytest.fixture
def public(transactional_db: None, settings: Settings) -> Iterator[Log]:
    settings.OYEZ = replace(settings.OYEZ, url="https://social.council.example")
    with fakes(Findable) as log:
        actions.open_our_own(by=BY)
        yield log

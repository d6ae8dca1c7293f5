"""A desk with people at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from oyez.people import actions as people
from oyez.people.models import Person
from oyez.people.rules import OFFICER
from tests.factories import BY
from tests.fakes.networks import Findable, Keyed, Log, fakes

SomeBody = Callable[..., Person]


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Findable, Keyed) as log:
        yield log


@pytest.fixture
def someone(transactional_db: None) -> SomeBody:
    def invite(name: str, role: str = OFFICER, *duties: str) -> Person:
        person = people.invite(f"{name.lower()}@council.example", name=name, role=role, by=BY)
        people.give(person, duties=duties, by=BY)
        return person

    return invite

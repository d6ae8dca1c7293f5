"""A house with people, and a mail server on loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from oyez.kit import clock, mailserver
from oyez.people import actions as people
from oyez.people.models import Person
from tests.factories import BY
from tests.fakes.networks import Findable, Log, Mute, fakes
from tests.servers.mailbox import Mailbox, mailbox
from tests.times import as_if

SomeBody = Callable[..., Person]


@pytest.fixture(autouse=True)
def log() -> Iterator[Log]:
    with fakes(Findable, Mute) as log:
        yield log


@pytest.fixture
def someone(transactional_db: None) -> SomeBody:
    def invite(name: str, role: str = "officer") -> Person:
        return people.invite(f"{name.lower()}@council.example", name=name, role=role, by=BY)

    return invite


@pytest.fixture
def ada(someone: SomeBody) -> Person:
    return someone("Ada")


@pytest.fixture
def box(settings: Any) -> Iterator[Mailbox]:
    """The house's mail server, as the settings name it."""
    with mailbox() as box:
        posts_by(settings, f"smtp://127.0.0.1:{box.port}")
        yield box


def posts_by(settings: Any, url: str, **more: object) -> None:
    settings.OYEZ = replace(
        settings.OYEZ,
        **{
            "mail": mailserver.read(url),
            "mail_from": "Oyez <oyez@council.example>",
            "url": "https://oyez.council.example",
            **more,
        },
    )


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = clock.now()

    def moves(self, by: timedelta) -> None:
        self.now += by

    def stands_at(self, moment: datetime) -> None:
        self.now = moment


@pytest.fixture
def time() -> Iterator[Clock]:
    hand = Clock()
    with as_if(lambda: hand.now):
        yield hand

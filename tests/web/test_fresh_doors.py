"""Which pages ask somebody once more who they are, though they are signed in? All of these."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from oyez.kit import clock
from oyez.people import actions as people
from oyez.people import rules
from tests.entering import a_code, signed_in
from tests.factories import BY

ASKING = [
    "/channels/add/fake_findable",
    "/channels/1/again",
    "/channels/1/remove",
    "/audit/copy",
    "/settings/people/invite",
    "/settings/people/1/change",
    "/settings/people/1/address",
    "/settings/people/1/sign-out",
    "/settings/people/1/remove",
    "/settings/people/1/return",
    "/settings/people/1/link",
    "/settings/people/grants/1/confirm",
    "/account/password",
    "/account/factors/app",
    "/account/factors/passkey",
    "/account/factors/1/remove",
    "/account/recovery-codes",
]


@pytest.fixture
def ada(db: None) -> Iterator[Client]:
    """An administrator whose proof is sixteen minutes old."""
    ada = people.invite("ada@council.example", name="Ada", role=rules.ADMINISTRATOR, by=BY)
    a_code(ada)
    client = signed_in(ada)
    later = clock.now() + timedelta(minutes=16)
    clock.set_reader(lambda: later)
    yield client
    clock.set_reader(None)


@pytest.mark.parametrize("path", ASKING)
def test_it_is_asked_once_more_before(ada: Client, path: str) -> None:
    answer = ada.post(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/again?next=/")


def test_other_pages_do_not(ada: Client) -> None:
    assert ada.get("/channels").status_code == 200

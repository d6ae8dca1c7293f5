"""Pages asked over HTTP as a browser would: the gallery's without a database, the house's with
people in their roles, networks that only exist here, and a feed on loopback.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from oyez.channels import outside
from oyez.people import actions as people
from oyez.people import rules
from tests.entering import signed_in
from tests.factories import BY
from tests.fakes.networks import Findable, Keyed, Log, fakes
from tests.feeds.source import Source, serving


@pytest.fixture
def gallery(settings, client: Client) -> Client:
    settings.ROOT_URLCONF = "tests.web.gallery"
    if not connection.in_atomic_block:
        connection.close()  # left open by a test before; these pages ask no database
    client.raise_request_exception = False
    return client


@pytest.fixture
def soup():
    return lambda response: BeautifulSoup(response.content, "html.parser")


@pytest.fixture
def administrator(db: None) -> Client:
    return _signed_in("Ada Clerk", rules.ADMINISTRATOR)


@pytest.fixture
def officer(db: None) -> Client:
    return _signed_in("Sam Carter", rules.OFFICER)


@pytest.fixture
def writer(db: None) -> Client:
    return _signed_in("Wyn Writer", rules.WRITER)


@pytest.fixture
def reader(db: None) -> Client:
    return _signed_in("Rhys Reader", rules.READER)


def _signed_in(name: str, role: str) -> Client:
    """A browser of somebody in this role."""
    email = f"{name.split()[0].lower()}@council.example"
    return signed_in(people.invite(email, name=name, role=role, by=BY))


@pytest.fixture
def log() -> Iterator[Log]:
    """Two networks that only exist here; their log tells what arrived."""
    with fakes(Findable, Keyed) as log:
        yield log


@pytest.fixture
def source(settings: Settings) -> Iterator[Source]:
    """A feed with three items that may be fetched."""
    with serving("Bins late", "Road closed", "Library open") as source:
        settings.OYEZ = replace(settings.OYEZ, allow_private=(f"127.0.0.1:{source.port}",))
        outside.client.cache_clear()
        yield source
    outside.client.cache_clear()


def page(response: HttpResponse) -> str:
    """The words people see, with single spaces."""
    text = BeautifulSoup(response.content, "html.parser").get_text(" ")
    return " ".join(text.split())


def questions(client: Client, path: str) -> int:
    """How often a page asks the database, once it has been seen."""
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)

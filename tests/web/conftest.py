"""The gallery's pages, asked over HTTP as a browser would, without a database."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.test import Client


@pytest.fixture
def gallery(settings, client: Client) -> Client:
    settings.ROOT_URLCONF = "tests.web.gallery"
    client.raise_request_exception = False
    return client


@pytest.fixture
def soup():
    return lambda response: BeautifulSoup(response.content, "html.parser")

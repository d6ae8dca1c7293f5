"""The practice server's own pages and API, asked over HTTP, with the clock in our hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from oyez.kit import clock
from oyez.practice import actions, serving


class Server:
    """Asks the practice server as a client of its API would."""

    def __init__(self, token: str) -> None:
        self.client = Client()
        self.token = token

    def ask(self, method: str, path: str, data: object = None, **headers: str):
        headers = {"authorization": f"Bearer {self.token}"} | headers
        sent = {"data": data, "content_type": "application/json"} if data is not None else {}
        return (
            self.client.generic(method, path, headers=headers)
            if not sent
            else getattr(self.client, method.lower())(path, headers=headers, **sent)
        )

    def post(self, text: str, **more: object):
        key = str(more.pop("key", ""))
        headers = {"idempotency-key": key} if key else {}
        return self.ask("POST", "/api/v1/statuses", {"status": text, **more}, **headers)

    def bring(self, content: bytes, name: str = "a.png", kind: str = "image/png", **form: str):
        headers = {"authorization": f"Bearer {self.token}"}
        file = SimpleUploadedFile(name, content, kind)
        return self.client.post("/api/v2/media", {"file": file, **form}, headers=headers)


class Clock:
    def __init__(self) -> None:
        self.time = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)

    def passes(self, **time: float) -> None:
        self.time += timedelta(**time)


@pytest.fixture
def time():
    hand = Clock()
    clock.set_reader(lambda: hand.time)
    yield hand
    clock.set_reader(None)


@pytest.fixture
def served(settings, db):
    settings.ROOT_URLCONF = serving.ROOT_URLCONF
    settings.MIDDLEWARE = serving.MIDDLEWARE


@pytest.fixture
def server(served):
    return Server(actions.make_token("Tamarshire County Council"))


@pytest.fixture
def soup(served):
    return lambda path: BeautifulSoup(Client().get(path).content, "html.parser")

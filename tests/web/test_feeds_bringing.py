"""Bringing feeds from another reader on a page: looked at first, then brought."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from oyez.feeds.models import Feed
from oyez.formats.contract import Subscription
from oyez.formats.opml import write
from tests.factories import a_channel
from tests.fakes.networks import Findable, Log
from tests.feeds.conftest import source
from tests.feeds.source import Source
from tests.web.conftest import page

__all__ = ["source"]
pytestmark = pytest.mark.django_db(transaction=True)


def a_list(*feeds: Subscription) -> SimpleUploadedFile:
    return SimpleUploadedFile("feeds.opml", write("Mine", feeds).encode())


def test_a_list_is_looked_at_and_brought(officer: Client, source: Source, log: Log) -> None:
    channel = a_channel(Findable)
    file = a_list(Subscription("Town", source.url), Subscription("Off", "http://127.0.0.1/a"))
    answer = officer.post("/feeds/bring", {"file": file, "do": "look"})
    assert "1 feed can come along. 1 cannot." in page(answer)
    assert not Feed.objects.exists()
    kept = BeautifulSoup(answer.content, "html.parser").find("input", {"name": "list"})
    told = {"list": kept["value"], "to": [channel.pk], "do": "bring"}
    assert "Brought 1 feed." in page(officer.post("/feeds/bring", told, follow=True))
    assert [(f.name, f.trust) for f in Feed.objects.all()] == [("Town", "watch")]


@pytest.mark.parametrize(
    ("content", "sentence"), [(b"%PDF", "not a list of feeds"), (None, "Choose a file.")]
)
def test_what_is_no_list_is_said(officer: Client, content: bytes | None, sentence: str) -> None:
    given = {"file": SimpleUploadedFile("a.opml", content)} if content else {}
    answer = officer.post("/feeds/bring", {**given, "do": "look"})
    assert answer.status_code == 422
    assert sentence in page(answer)


def test_a_reader_may_not_bring_feeds(reader: Client) -> None:
    assert reader.get("/feeds/bring").status_code == 403

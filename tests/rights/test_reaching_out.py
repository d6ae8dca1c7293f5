"""Whoever may not have the house ask somebody outside is refused before anybody is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from oyez.people import actions as people
from oyez.people.rules import ROLES
from tests.cli.test_verbs import oyez
from tests.factories import BY, a_feed
from tests.outside.wire import Wire, a_wire

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    monkeypatch.setattr(settings, "OYEZ", replace(settings.OYEZ, follow_links=True))
    for role in ROLES:
        people.invite(f"{role}@council.example", role=role, by=BY)
    with a_wire() as wire:
        yield wire


@pytest.mark.parametrize(
    "words",
    [
        "feeds add {url}/new",
        "feeds import {list}",
        "feeds preview {url}",
        "feeds poll",
        "checks run --text {url} --follow",
    ],
)
def test_the_right_is_asked_for_first(wire: Wire, tmp_path: Path, words: str) -> None:
    wire.leads("news.example", [wire.server.ip])
    url, listed = wire.server.url("/feed", host="news.example"), tmp_path / "list"
    listed.write_text(f'<opml version="2.0"><body><outline xmlUrl="{url}/it"/></body></opml>')
    a_feed(to=[], url=url)
    typed = words.format(url=url, list=listed).split()
    refused = oyez("--as", "reader@council.example", *typed)
    assert "may not do this" in refused.output
    assert (wire.server.requests, wire.reached) == ([], [])
    said = oyez("--as", "administrator@council.example", *typed)
    assert wire.server.requests, f"nobody was asked for whoever may either: {said.output}"

"""Every page that has an address without a number, asked as an administrator: is each answer typed,
strict, out of every cache, harmless to read, and with a way out?
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from oyez.ledger.models import Event
from oyez.web.guard import HEADERS

PARTS = {"/stops", "/write/preview"}  # of a page, for htmx


@dataclass(frozen=True)
class Walk:
    """What every address answered, and how many events that made."""

    answers: dict[str, HttpResponse]
    inside: set[str]
    events: int

    def html(self) -> Iterator[tuple[str, str]]:
        for path, answer in self.answers.items():
            if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
                yield path, answer.content.decode()


_walks: list[Walk] = []


@pytest.fixture
def walk(administrator: Client) -> Walk:
    """One walk for all tests of a process."""
    if not _walks:
        pages = dict(addresses(get_resolver()))
        before = Event.objects.count()
        answers = {path: administrator.get(path) for path in pages}
        inside = {path for path, is_open in pages.items() if not is_open}
        _walks.append(Walk(answers, inside, Event.objects.count() - before))
    return _walks[0]


def addresses(resolver: URLResolver, above: str = "/") -> Iterator[tuple[str, bool]]:
    """Each address that needs no argument, and whether it is open to all."""
    for one in resolver.url_patterns:
        here = f"{above}{one.pattern}"
        if isinstance(one, URLResolver):
            yield from addresses(one, here)
        elif isinstance(one, URLPattern) and "<" not in here:
            yield here, not getattr(one.callback, "login_required", True)


def test_the_walk_meets_the_house(walk: Walk) -> None:
    assert len(list(walk.html())) >= 30
    assert all(answer.status_code != 500 for answer in walk.answers.values())


def test_every_answer_has_every_header_of_ours(walk: Walk) -> None:
    for path, answer in walk.answers.items():
        assert {name: answer.get(name) for name in HEADERS} == HEADERS, path


def test_no_other_site_may_read_an_answer(walk: Walk, administrator: Client) -> None:
    asked = administrator.get("/", headers={"origin": "https://elsewhere.example"})
    for path, answer in {**walk.answers, "/ from elsewhere": asked}.items():
        assert not any(name.startswith("Access-Control-") for name in answer.headers), path


def test_every_text_says_its_kind_and_that_it_is_utf_8(walk: Walk) -> None:
    for path, answer in walk.answers.items():
        kind = answer["Content-Type"] if answer.content else "application/json"
        assert kind == "application/json" or "charset=utf-8" in kind, path


def test_what_is_inside_stays_out_of_every_cache(walk: Walk) -> None:
    for path in walk.inside:
        assert "no-store" in walk.answers[path]["Cache-Control"], path


def test_reading_changes_nothing(walk: Walk) -> None:
    assert walk.events == 0


def test_every_page_inside_has_a_way_out(walk: Walk) -> None:
    for path, text in walk.html():
        if path in walk.inside - PARTS:
            assert "/sign-in/out" in text, path


def test_a_trace_is_answered_with_nothing_of_what_was_sent(administrator: Client) -> None:
    for path, _ in addresses(get_resolver()):
        answer = administrator.generic("TRACE", path, headers={"x-canary": "canary"})
        assert answer.status_code in {302, 403, 404, 405}, path
        assert b"canary" not in answer.content, path

"""What a browser refused on our pages is noted once for each kind, whoever sends it."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
from django.test import Client

from oyez.web.guard import CONTENT_SECURITY, REPORTS
from oyez.web.reports import MOST_KINDS, kinds

OLD = {
    "csp-report": {
        "effective-directive": "script-src-elem",
        "document-uri": "https://oyez.example/feeds/1?q=jo%40a.example",
        "blocked-uri": "https://evil.example/steal?what=Jo",
    }
}
NEW = [{"type": "csp-violation", "body": {"effectiveDirective": "img-src", "blockedURL": "inline"}}]


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    kinds.forget()
    yield
    kinds.forget()


def send(body: object, kind: str = "application/csp-report") -> int:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    stranger = Client(enforce_csrf_checks=True)
    return stranger.post(REPORTS, content, content_type=kind).status_code


def test_a_kind_is_one_line_without_what_tells_of_people(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert [send(OLD), send(OLD), send(NEW, "application/reports+json")] == [204, 204, 204]
    assert [record.getMessage() for record in caplog.records] == [
        "A browser refused something: script-src-elem on /feeds/1 (https://evil.example).",
        "A browser refused something: img-src on / (inline).",
    ]
    assert len(kinds) == 2


@pytest.mark.parametrize(
    "rubbish",
    [b"", b"[", b"[" * 10_000, b"null", b"[1, null]", b'{"csp-report": 5}', b"\xff", b"{}" * 9_000,
     {"csp-report": {"document-uri": "http://[", "blocked-uri": ["a"]}}, b'[{"body": {}}]' * 2],
)  # fmt: skip
def test_rubbish_is_answered_like_anything_else(rubbish: object) -> None:
    assert send(rubbish) == 204


def test_who_makes_up_kinds_fills_no_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        for number in range(MOST_KINDS + 20):
            send({"csp-report": {"effective-directive": f"x{number}\nWARNING \u202eforged"}})
    assert len(caplog.records) == MOST_KINDS
    assert not {"\n", "\u202e"} & set(caplog.text.replace("\n", " ", MOST_KINDS))


def test_nobody_reads_there(client: Client) -> None:
    assert client.get(REPORTS).status_code == 405


@pytest.mark.django_db
def test_health_says_how_many_kinds_there_were(client: Client) -> None:
    send(OLD)
    assert client.get("/health").json()["refused_by_browsers"] == 1


def test_every_kind_of_content_has_its_rule_and_none_is_unsafe() -> None:
    assert CONTENT_SECURITY.startswith("default-src 'none';")
    assert not {"unsafe", "data:", "*", "blob:"} & set(CONTENT_SECURITY.replace(";", "").split())
    assert f"report-uri {REPORTS}" in CONTENT_SECURITY

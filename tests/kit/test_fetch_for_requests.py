"""Does a library that knows only `requests` keep to the one way out?"""

from __future__ import annotations

from pathlib import Path

import pytest

from oyez.kit.addresses import AddressRule
from oyez.kit.fetch import Client, Denied, Unanswered
from oyez.kit.fetch.for_requests import NotReached, Session, session
from tests.servers.raw import Seen, reply, serving


def out(*allowed: str) -> Session:
    return session(Client(AddressRule(allowed)))


def test_a_form_arrives_as_it_was_and_the_answer_comes_back() -> None:
    said = b'{"token":"\xc3\xa9"}'
    with serving(lambda seen: reply(said, content_type="application/json")) as server:
        answer = out(server.address).post(server.url("/token"), data={"a": "b c"}, auth=("i", "s"))
    assert (answer.status_code, answer.json(), answer.content) == (200, {"token": "é"}, said)
    (seen,) = server.requests
    assert (seen.method, seen.path, seen.body) == ("POST", "/token", b"a=b+c")
    assert seen.headers["authorization"] == "Basic aTpz"
    assert seen.headers["user-agent"] == "Oyez"


def test_the_address_rule_holds_whatever_the_library_says() -> None:
    with serving(lambda seen: reply(b"x")) as server, pytest.raises(NotReached) as denied:
        out().get(server.url(), verify=False, proxies={"http": server.url()})
    assert isinstance(denied.value.__cause__, Denied)
    assert server.requests == []


def test_what_did_not_come_back_is_told_as_not_reached() -> None:
    with serving(lambda seen: None) as server, pytest.raises(NotReached) as lost:
        out(server.address).get(server.url())
    assert isinstance(lost.value.__cause__, Unanswered)


def test_a_form_is_never_forwarded() -> None:
    """The library would ask again at the new address, with what it holds."""

    def answer(seen: Seen) -> bytes:
        return reply(status="307 Elsewhere", location="/other")

    with serving(answer) as server:
        assert out(server.address).post(server.url("/token"), data={"a": "b"}).status_code == 307
    assert [seen.path for seen in server.requests] == ["/token"]


def test_nothing_is_read_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login thief password secret")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    with serving(lambda seen: reply(b"x")) as server:
        assert out(server.address).get(server.url()).status_code == 200
    assert "authorization" not in server.requests[0].headers

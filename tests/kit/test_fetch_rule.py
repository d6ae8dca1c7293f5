"""Can anybody talk this client into visiting a private address? Nothing here leaves loopback."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pycurl
import pytest

from oyez.kit.addresses import AddressRule
from oyez.kit.fetch import Client, Denied, NotSent, Request
from oyez.kit.fetch import exchange as exchange_module
from oyez.kit.fetch.exchange import Exchange
from tests.kit import hostile
from tests.servers.raw import Seen, reply, serving

UNSCOPED = [ip for ip in hostile.PRIVATE_4 + hostile.PRIVATE_6 if "%" not in ip]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """Every socket the client would have opened; none is."""
    asked: list[tuple[Any, ...]] = []

    def refuse(*what: Any) -> socket.socket:
        asked.append(what)
        raise OSError(0, "no sockets in this test")

    monkeypatch.setattr(exchange_module, "_Socket", refuse)
    return asked


def resolve(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> None:
    """Answer libcurl's next name look-ups with these, one list each, the last for ever."""
    left = list(answers)
    say_where = Exchange._say_where

    def and_resolve(self: Exchange, handle: pycurl.Curl) -> None:
        say_where(self, handle)
        target = self.request.target
        name = f"{target.host}:{target.port}"
        addresses = left.pop(0) if len(left) > 1 else left[0]
        handle.setopt(pycurl.RESOLVE, [f"-{name}", f"{name}:{','.join(addresses)}"])

    monkeypatch.setattr(Exchange, "_say_where", and_resolve)


def hello(_: Seen) -> bytes:
    return reply(b"hello", connection="close")


@pytest.mark.parametrize("ip", hostile.PRIVATE_4 + hostile.PRIVATE_6)
def test_a_hostile_address_is_denied_without_a_socket(
    opened: list[tuple[Any, ...]], ip: str
) -> None:
    host = f"[{ip}]" if ":" in ip else ip
    with pytest.raises(NotSent):
        Client(AddressRule()).ask("GET", f"http://{host}/latest/meta-data/")
    assert opened == []


@pytest.mark.parametrize(
    "ip", [ip for ip in hostile.PRIVATE_4 + hostile.PRIVATE_6 if "%" not in ip]
)
def test_a_name_that_leads_to_a_hostile_address_is_denied_without_a_socket(
    opened: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch, ip: str
) -> None:
    resolve(monkeypatch, [f"[{ip}]" if ":" in ip else ip])
    with pytest.raises(Denied, match=r"innocent\.example port 80"):
        Client(AddressRule()).ask("GET", "http://innocent.example/")
    assert opened == []


@pytest.mark.parametrize("host", hostile.SPELLINGS)
def test_a_hostile_spelling_is_denied_without_a_socket(
    opened: list[tuple[Any, ...]], host: str
) -> None:
    with pytest.raises(NotSent):
        Client(AddressRule()).ask("GET", f"http://{host}/")
    assert opened == []


@pytest.mark.parametrize("url", hostile.TRICKS)
def test_a_tricky_address_is_refused_without_a_socket(
    opened: list[tuple[Any, ...]], url: str
) -> None:
    with pytest.raises(NotSent):
        Client(AddressRule()).ask("GET", url)
    assert opened == []


@pytest.mark.parametrize("host", ["straße.example", "a\u200db.example", "λόγος.example"])
def test_a_name_that_two_standards_read_differently_is_refused(host: str) -> None:
    with pytest.raises(NotSent, match="in its xn-- form"):
        Client(AddressRule()).ask("GET", f"http://{host}/")


@pytest.mark.parametrize("scheme", hostile.SCHEMES)
def test_only_http_and_https_are_spoken(opened: list[tuple[Any, ...]], scheme: str) -> None:
    for url in (f"{scheme}://127.0.0.1/etc/passwd", f"{scheme}:/etc/passwd"):
        with pytest.raises(NotSent, match="http:// or https://"):
            Client(AddressRule()).ask("GET", url)
    assert opened == []


def test_libcurl_itself_is_told_to_speak_nothing_but_http(monkeypatch: pytest.MonkeyPatch) -> None:
    say_where = Exchange._say_where

    def to_a_file(self: Exchange, handle: pycurl.Curl) -> None:
        say_where(self, handle)
        handle.setopt(pycurl.URL, "file:///etc/hostname")

    monkeypatch.setattr(Exchange, "_say_where", to_a_file)
    with pytest.raises(NotSent) as caught:
        Client(AddressRule()).ask("GET", "http://example.invalid/")
    assert isinstance(caught.value.__cause__, pycurl.error)
    assert caught.value.__cause__.args[0] == pycurl.E_UNSUPPORTED_PROTOCOL


def test_a_public_address_does_get_a_socket(opened: list[tuple[Any, ...]]) -> None:
    with pytest.raises(NotSent, match="no sockets in this test"):
        Client(AddressRule()).ask("GET", "http://8.8.8.8/")
    assert [family for family, *_ in opened] == [socket.AF_INET]


def test_a_refusal_says_what_was_refused_and_who_can_change_it() -> None:
    with pytest.raises(Denied) as caught:
        Client(AddressRule()).ask("GET", "http://localhost:8080/")
    assert "localhost port 8080 (which leads to 127.0.0.1)" in str(caught.value)
    assert "whoever runs the machine adds localhost:8080 to OYEZ_ALLOW_PRIVATE" in str(caught.value)
    assert "connect" not in str(caught.value)


def test_the_poller_is_held_to_the_same_rule(opened: list[tuple[Any, ...]]) -> None:
    hosts = ["127.0.0.1", "169.254.169.254", "[::1]", "2130706433", "localhost"]
    polled = list(Client(AddressRule()).many(Request(f"http://{host}/") for host in hosts))
    assert len(polled) == len(hosts)
    assert all(isinstance(came, Denied) for _, came in polled)
    assert opened == []


def test_a_name_that_changes_its_address_is_judged_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(hello) as good, serving(hello, ip="127.0.0.2", port=good.port) as private:
        client = Client(AddressRule([good.address]))
        resolve(monkeypatch, ["127.0.0.1"], ["127.0.0.2"])
        url = good.url(host="rebinding.example")
        assert client.ask("GET", url).body == b"hello"
        with pytest.raises(Denied, match=r"leads to 127\.0\.0\.2"):
            client.ask("GET", url)
        assert private.connections == 0


def test_of_several_addresses_only_the_allowed_is_visited(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(hello) as good, serving(hello, ip="127.0.0.2", port=good.port) as private:
        resolve(monkeypatch, ["127.0.0.2", "127.0.0.1"])
        answer = Client(AddressRule([good.address])).ask("GET", good.url(host="two.example"))
        assert answer.body == b"hello"
        assert (good.connections, private.connections) == (1, 0)


def test_a_kept_connection_is_judged_again_before_it_is_reused() -> None:
    class Wavering(AddressRule):
        says = True

        def allows(self, ip: str, port: int, host: str = "") -> bool:
            return self.says and super().allows(ip, port, host)

    with serving(lambda _: reply(b"hello")) as server:
        rule = Wavering([f"localhost:{server.port}"])
        client = Client(rule)
        client.ask("GET", server.url(host="localhost"))
        rule.says = False
        with pytest.raises(Denied):
            client.ask("GET", server.url(host="localhost"))
        assert len(server.requests) == 1


def test_a_listed_name_opens_the_door_for_itself_only(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(hello) as server:
        client = Client(AddressRule([f"wiki.example:{server.port}"]))
        resolve(monkeypatch, ["127.0.0.1"])
        assert client.ask("GET", server.url(host="wiki.example")).status == 200
        assert client.ask("GET", server.url(host="WIKI.example.")).status == 200
        with pytest.raises(Denied):
            client.ask("GET", server.url(host="evil.example"))
        assert server.connections == 2


def test_sockets_close_themselves_and_none_is_left_open() -> None:
    with serving(hello) as server:
        client = Client(AddressRule([server.address]))
        before = _descriptors()
        for _ in range(60):
            client.ask("POST", server.url())
        assert _descriptors() - before < 20  # the server's own go a moment later


def _descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))

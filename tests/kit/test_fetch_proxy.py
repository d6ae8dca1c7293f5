"""Is the operator's proxy used, the environment's ignored, and no secret told to either?"""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest

from oyez.kit.addresses import AddressRule
from oyez.kit.fetch import Answer, Client, Denied, NotSent, Request, Unanswered
from oyez.kit.fetch.client import WrongProxy
from tests.servers import certificates
from tests.servers.raw import Answering, Seen, reply, serving

ENVIRONMENT = ["http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"]


def proxied(_: Seen) -> bytes:
    return reply(b"by proxy")


def test_the_environments_proxies_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(lambda _: reply(b"direct")) as server, serving(proxied) as proxy:
        for name in ENVIRONMENT:
            monkeypatch.setenv(name, proxy.url(""))
        assert Client(AddressRule([server.address])).ask("GET", server.url()).body == b"direct"
        assert proxy.connections == 0


def test_the_operators_proxy_is_asked_and_nobody_else() -> None:
    with serving(proxied) as proxy:
        client = Client(AddressRule(), proxy=proxy.url(""))
        assert client.ask("GET", "http://www.example.org/feed?x=1").body == b"by proxy"
        assert client.ask("POST", "http://www.example.org/").body == b"by proxy"
        assert proxy.requests[0].path == "http://www.example.org/feed?x=1"


def test_no_proxy_in_the_environment_opens_no_way_around(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setenv("NO_PROXY", "www.example.org")
    with serving(proxied) as proxy:
        client = Client(AddressRule(), proxy=proxy.url(""))
        assert client.ask("GET", "http://www.example.org/").body == b"by proxy"


def test_what_is_listed_is_asked_directly() -> None:
    with serving(lambda _: reply(b"direct")) as server, serving(proxied) as proxy:
        client = Client(AddressRule([server.address]), proxy=proxy.url(""))
        assert client.ask("GET", server.url()).body == b"direct"
        assert proxy.connections == 0


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.1/",
        "http://2130706433/",
        "https://localhost/",
        "http://[::1]/",
        "http://www.example.org:22/",
        "http://1.2.3.4.5/",
    ],
)
def test_what_is_plainly_private_is_not_even_told_to_the_proxy(url: str) -> None:
    with serving(proxied) as proxy:
        with pytest.raises(Denied):
            Client(AddressRule(), proxy=proxy.url("")).ask("GET", url)
        assert proxy.connections == 0


def tunnelling_to(tls: ssl.SSLContext, heard: list[bytes]) -> Answering:
    """A proxy whose tunnel ends in a server of its own."""

    def answer(seen: Seen) -> None:
        seen.socket.sendall(b"HTTP/1.1 200 Connected\r\nX-Proxy: 1\r\n\r\n")
        with tls.wrap_socket(seen.socket, server_side=True) as inside:
            heard.append(inside.recv(65536))
            inside.sendall(reply(b"through the tunnel"))

    return answer


def test_https_goes_through_the_proxys_tunnel(tmp_path: Path) -> None:
    tls, authorities = certificates.make(tmp_path, address="www.example.org")
    heard: list[bytes] = []
    with serving(tunnelling_to(tls, heard)) as proxy:
        client = Client(AddressRule(), proxy=proxy.url(""), ca_file=str(authorities))
        authorised = client.with_headers({"Authorization": "Bearer t"})
        answer = authorised.ask("POST", "https://www.example.org/api", json={})
        assert (answer.body, "x-proxy" in answer.headers) == (b"through the tunnel", False)
        assert (proxy.requests[0].method, proxy.requests[0].path) == (
            "CONNECT",
            "www.example.org:443",
        )
        assert "authorization" not in proxy.requests[0].headers
        assert b"authorization: Bearer t" in heard[0]


@pytest.mark.parametrize("status", ["403 Forbidden", "407 Who Are You", "502 Bad Gateway"])
def test_a_proxy_that_would_not_connect_is_not_sent_and_learns_no_secret(status: str) -> None:
    with serving(lambda _: reply(status=status)) as proxy:
        client = Client(AddressRule(), proxy=proxy.url("")).with_headers({"Authorization": "t"})
        with pytest.raises(NotSent, match=r"would not connect us to www\.example\.org") as said:
            client.ask("POST", "https://www.example.org/", json={})
        assert not isinstance(said.value, Denied)
        assert [seen.method for seen in proxy.requests] == ["CONNECT"]
        assert "authorization" not in proxy.requests[0].headers


def test_a_proxy_that_takes_a_post_and_says_nothing_leaves_it_unanswered() -> None:
    with serving(lambda _: None) as proxy:
        with pytest.raises(Unanswered):
            Client(AddressRule(), proxy=proxy.url("")).ask("POST", "http://www.example.org/")
        assert len(proxy.requests) == 1


def test_the_proxys_login_goes_to_the_proxy() -> None:
    with serving(proxied) as proxy:
        login = proxy.url("").replace("http://", "http://me:s%40crt@")
        Client(AddressRule(), proxy=login).ask("GET", "http://www.example.org/")
        assert proxy.requests[0].headers["proxy-authorization"] == "Basic bWU6c0BjcnQ="


@pytest.mark.parametrize("address", ["proxy:3128", "socks5://127.0.0.1:1080", "http://", "ftp://x"])
def test_an_unusable_proxy_is_refused_at_once(address: str) -> None:
    with pytest.raises(WrongProxy, match=r"http://proxy\.example:3128"):
        Client(AddressRule(), proxy=address)


def test_a_proxy_that_is_away_is_not_sent() -> None:
    with pytest.raises(NotSent, match="The proxy is away"):
        Client(AddressRule(), proxy="http://127.0.0.1:9").ask("POST", "http://www.example.org/")


def test_the_poller_goes_through_the_proxy_too() -> None:
    with serving(proxied) as proxy:
        client = Client(AddressRule(), proxy=proxy.url(""))
        ((_, came),) = client.many([Request("http://www.example.org/")])
        assert isinstance(came, Answer)
        assert came.body == b"by proxy"

"""The server that our pages ship with, asked in bytes: where does a request end, and who asks?"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn

from tests.journeys.house import open_house


async def who_asks(scope: Any, receive: Any, send: Any) -> None:
    """Says the path and the client of each request, as an application sees them."""
    said = f"<{scope['path']} {scope['client'][0]} {scope['scheme']}>".encode()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": said})


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with open_house(who_asks) as house:
        yield int(house.address.rsplit(":", 1)[1])


def say(port: int, *lines: str, body: bytes = b"") -> bytes:
    """All that comes back, over one connection that ends when the server is done with it."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as talk:
        talk.sendall("\r\n".join([*lines, "", ""]).encode("latin-1") + body)
        heard = b""
        while more := talk.recv(65536):
            heard += more
    return heard


SMUGGLED = b"0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


@pytest.mark.parametrize(
    "lengths",
    [
        ("Content-Length: 4", "Transfer-Encoding: chunked"),
        ("Transfer-Encoding: chunked", "Content-Length: 4"),
        ("Content-Length: 4", "Content-Length: 40"),
        ("Content-Length: +4",),
        ("Content-Length: 0x4",),
        ("Transfer-Encoding : chunked",),
        ("Transfer-Encoding: xchunked",),
        ("Transfer-Encoding: chunked, identity",),
    ],
)
def test_a_request_whose_end_is_in_doubt_is_refused(port: int, lengths: tuple[str, ...]) -> None:
    """What two servers could understand differently hides no second request."""
    heard = say(port, "POST /first HTTP/1.1", "Host: x", *lengths, body=SMUGGLED)
    assert heard.startswith(b"HTTP/1.1 400")
    assert b"/smuggled" not in heard


def test_two_honest_requests_are_two(port: int) -> None:
    heard = say(port, "POST /first HTTP/1.1", "Host: x", "Content-Length: 0", body=SMUGGLED[5:])
    assert b"</first " in heard
    assert b"</smuggled " in heard


@pytest.mark.parametrize("lie", ["6.6.6.6", "127.0.0.1", "6.6.6.6, 127.0.0.1", "unknown"])
def test_who_asks_is_what_the_proxy_saw_and_not_what_was_claimed(port: int, lie: str) -> None:
    """The proxy adds the address it saw behind whatever it was sent."""
    heard = say(
        port,
        "GET / HTTP/1.1",
        "Host: x",
        "Connection: close",
        f"X-Forwarded-For: {lie}, 203.0.113.9",
    )
    assert b"</ 203.0.113.9 http>" in heard


@pytest.mark.parametrize("header", ["X-Real-IP", "Forwarded", "X-Client-IP", "X-Forwarded-Host"])
def test_no_other_header_says_who_asks(port: int, header: str) -> None:
    assert b"</ 127.0.0.1 http>" in say(
        port, "GET / HTTP/1.1", "Host: x", "Connection: close", f"{header}: 6.6.6.6"
    )


def test_a_stranger_is_no_proxy() -> None:
    """Who does not come through a proxy on this machine is not believed."""
    seen: list[Any] = []

    async def note(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["client"])

    headers = [(b"x-forwarded-for", b"6.6.6.6"), (b"x-forwarded-proto", b"https")]
    scope = {"type": "http", "client": ("198.51.100.7", 9), "headers": headers, "scheme": "http"}
    config = uvicorn.Config(note, lifespan="off")
    config.load()
    asyncio.run(config.loaded_app(scope, None, None))
    assert seen == [("198.51.100.7", 9)]

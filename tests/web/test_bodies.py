"""How much can be sent to the house, in bytes over a real line, by strangers and by people?"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings

from oyez.people import actions as people
from oyez.people import queries
from oyez.web.bodies import MB, OF_PEOPLE, OF_STRANGERS, Bounded
from tests.entering import signed_in
from tests.factories import BY
from tests.journeys.house import open_house

pytestmark = pytest.mark.django_db(transaction=True)
PIECE = b"a=b&" * 16_384


class Hearing:
    """An application that reads to the end, and knows how much came."""

    heard = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.heard, more = 0, True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            self.heard += len(message["body"])
            more = message["more_body"]
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": str(self.heard).encode()})


@pytest.fixture
def hearing() -> Hearing:
    return Hearing()


@pytest.fixture
def port(hearing: Hearing) -> Iterator[int]:
    with open_house(Bounded(hearing)) as house:
        yield int(house.address.rsplit(":", 1)[1])


@pytest.fixture
def cookie() -> str:
    browser = signed_in(people.invite("ann@council.example", name="Ann", role="officer", by=BY))
    name = settings.SESSION_COOKIE_NAME
    return f"Cookie: a=b; {name}={browser.cookies[name].value}"


def send(port: int, length: int, *headers: str, announced: bool = False) -> bytes:
    """The first line that comes back to so many bytes, in pieces or with their number."""
    how = f"Content-Length: {length}" if announced else "Transfer-Encoding: chunked"
    with socket.create_connection(("127.0.0.1", port), timeout=20) as talk:
        talk.sendall(
            "\r\n".join(["POST / HTTP/1.1", "Host: 127.0.0.1", how, *headers, "", ""]).encode()
        )
        try:
            for _ in range(0 if announced else length // len(PIECE)):
                talk.sendall(b"%x\r\n%b\r\n" % (len(PIECE), PIECE))
            talk.sendall(b"" if announced else b"0\r\n\r\n")
        except OSError:
            pass  # it has heard enough: what it said is there to be read
        return talk.recv(65536).partition(b"\r\n")[0]


@pytest.mark.parametrize("headers", [(), ("Cookie: oyez=made-up; __Host-oyez=made-up",)])
def test_a_stranger_who_never_stops_is_stopped(
    port: int, hearing: Hearing, headers: tuple[str, ...]
) -> None:
    assert b" 413 " in send(port, 40 * MB, *headers)
    assert hearing.heard <= OF_STRANGERS


def test_a_stranger_who_announces_too_much_is_refused_before_it_comes(
    port: int, hearing: Hearing
) -> None:
    assert b" 413 " in send(port, OF_STRANGERS + 1, announced=True)
    assert hearing.heard == 0


def test_a_stranger_s_form_is_heard(port: int, hearing: Hearing) -> None:
    assert b" 200 " in send(port, 2 * MB)
    assert hearing.heard == 2 * MB


def test_people_may_send_what_is_large_and_no_more_than_that(
    port: int, hearing: Hearing, cookie: str
) -> None:
    assert b" 200 " in send(port, 40 * MB, cookie)
    assert hearing.heard == 40 * MB
    assert b" 413 " in send(port, OF_PEOPLE + 1, cookie, announced=True)


def test_who_was_removed_is_a_stranger(port: int, cookie: str) -> None:
    people.remove(queries.person("ann@council.example"), by=BY)
    assert b" 413 " in send(port, 40 * MB, cookie)


def test_our_own_pages_are_served_like_this() -> None:
    with open_house() as house:
        port = int(house.address.rsplit(":", 1)[1])
        assert b" 413 " in send(port, 40 * MB)
        assert b" 403 " in send(port, 1 * MB)

"""Many at once, slow senders and slow readers, over a real line: who waits, and who need not?"""

from __future__ import annotations

import asyncio
import http.client
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from contextvars import ContextVar
from typing import Any

import pytest

from oyez.web.turns import Turns
from tests.journeys.house import open_house
from tests.loopback import until

MARK: ContextVar[str] = ContextVar("mark")


class Pages:
    """An application that takes its time, and knows how many asked it at the same moment."""

    now = most = 0
    seconds = 0.02
    answer = b"here"

    def __init__(self) -> None:
        self.found: list[str] = []  # what the request before left in the context

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        while (message := await receive()).get("more_body"):
            pass
        if message["type"] == "http.disconnect":
            return
        self.found.append(MARK.get(""))
        MARK.set(scope["path"])
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(self.seconds)
        self.now -= 1
        if scope["path"] == "/broken":
            raise RuntimeError
        await send({"type": "http.response.start", "status": 200, "headers": []})
        if scope["path"] == "/film":
            await send({"type": "http.response.body", "body": b"a", "more_body": True})
            await receive()  # comes when the reader has gone
        await send({"type": "http.response.body", "body": self.answer})


@pytest.fixture
def pages() -> Pages:
    return Pages()


@contextmanager
def serving(pages: Pages, at_once: int, most_waiting: int = 500) -> Iterator[int]:
    with open_house(Turns(pages, at_once, most_waiting)) as house:
        yield int(house.address.rsplit(":", 1)[1])


def get(port: int, path: str = "/") -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as asking:
        asking.request("GET", path, headers={"Connection": "close"})
        with asking.getresponse() as answer:
            return answer.status


def many(port: int, number: int) -> list[int]:
    with ThreadPoolExecutor(number) as crowd:
        return list(crowd.map(lambda _: get(port), range(number)))


def begin(port: int, *lines: str) -> socket.socket:
    talk = socket.create_connection(("127.0.0.1", port), timeout=5)
    talk.sendall("\r\n".join([*lines, "Host: x", "", ""]).encode())
    return talk


def test_so_many_are_worked_on_and_the_others_wait(pages: Pages) -> None:
    with serving(pages, at_once=3) as port:
        assert many(port, 30) == [200] * 30
    assert pages.most == 3


def test_who_comes_when_too_many_wait_is_asked_to_come_back(pages: Pages) -> None:
    pages.seconds = 0.5
    with serving(pages, at_once=1, most_waiting=2) as port:
        answers = many(port, 12)
        assert answers.count(503) >= 6
        assert answers.count(200) >= 3
        assert get(port) == 200


def test_who_is_slow_to_send_takes_nobody_s_turn(pages: Pages) -> None:
    with serving(pages, at_once=1) as port:
        slow = [begin(port, "POST / HTTP/1.1", "Content-Length: 100") for _ in range(5)]
        assert get(port) == 200
        for talk in slow:
            talk.close()


def test_who_is_slow_to_read_takes_nobody_s_turn(pages: Pages) -> None:
    with serving(pages, at_once=1) as port:
        slow = [begin(port, "GET /film HTTP/1.1") for _ in range(3)]
        assert [talk.recv(12) for talk in slow] == [b"HTTP/1.1 200"] * 3
        assert get(port) == 200
        for talk in slow:
            talk.close()


def test_who_asks_on_and_on_and_never_reads_takes_nobody_s_turn(pages: Pages) -> None:
    pages.answer = b"x" * 60_000
    with serving(pages, at_once=1) as port:
        deaf = socket.create_connection(("127.0.0.1", port), timeout=5)
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 300)
        assert get(port) == 200
        deaf.close()


def test_a_page_that_breaks_gives_its_turn_back(pages: Pages) -> None:
    with serving(pages, at_once=1) as port:
        assert [get(port, "/broken") for _ in range(3)] == [500] * 3
        assert get(port) == 200


def test_no_request_inherits_from_the_one_before_it_on_its_line(pages: Pages) -> None:
    with serving(pages, at_once=5) as port:
        talk = socket.create_connection(("127.0.0.1", port), timeout=5)
        talk.sendall(b"GET /one HTTP/1.1\r\nHost: x\r\n\r\n" * 3)
        with talk.makefile("rb") as answers:
            assert answers.readline()[:12] == b"HTTP/1.1 200"
        until(lambda: len(pages.found) == 3)
        talk.close()
    assert pages.found == ["", "", ""]

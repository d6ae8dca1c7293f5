"""Lines that are opened and say nothing, over real sockets: who loses theirs, and who keeps it?"""

from __future__ import annotations

import asyncio
import http.client
import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from typing import Any

import pytest
import uvicorn

from oyez.project import supervisor_plan
from oyez.project.lines import Line
from tests.journeys.house import open_house
from tests.loopback import until

HEAD = b"POST / HTTP/1.1\r\nHost: x\r\n"


class Few(Line):
    most = 5
    head_within = 0.5


async def pages(scope: Any, receive: Any, send: Any) -> None:
    """Answers with how much it was sent; `/slow` takes its time."""
    sent, more = 0, True
    while more:
        message = await receive()
        sent, more = sent + len(message.get("body", b"")), message.get("more_body")
    if scope["path"] == "/slow":
        await asyncio.sleep(1.5)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(sent).encode()})


@pytest.fixture
def port() -> Iterator[int]:
    Line._said_at = -1000.0
    with open_house(pages, Few) as house:
        yield int(house.address.rsplit(":", 1)[1])


def opened(port: int, said: bytes = b"") -> socket.socket:
    line = socket.create_connection(("127.0.0.1", port), timeout=5)
    line.sendall(said)
    return line


def get(port: int, path: str = "/") -> int:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as asking:
        asking.request("GET", path)
        return asking.getresponse().status


def is_open(line: socket.socket) -> bool:
    line.setblocking(False)
    try:
        return line.recv(65536) != b""
    except BlockingIOError:
        return True
    except ConnectionResetError:
        return False


def takes(line: socket.socket, said: bytes) -> bool:
    try:
        line.sendall(said)
    except OSError:
        return False
    time.sleep(0.02)
    return True


@pytest.mark.parametrize("said", [b"", b"G", HEAD, HEAD + b"X-A: "])
def test_who_does_not_finish_asking_loses_the_line(port: int, said: bytes) -> None:
    with opened(port, said) as line:
        assert is_open(line)
        until(lambda: not is_open(line))


def test_also_who_asked_well_before(port: int) -> None:
    with opened(port, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n") as line:
        assert b"200 OK" in line.recv(65536)
        line.sendall(HEAD)
        until(lambda: not is_open(line))


def test_a_head_that_drips_has_no_longer(port: int) -> None:
    began = time.monotonic()
    with opened(port, HEAD) as line:
        until(lambda: not takes(line, b"a"))
    assert time.monotonic() - began < 5


def test_a_body_may_take_its_time(port: int) -> None:
    """A film over a slow line."""
    with opened(port, HEAD + b"Content-Length: 20\r\n\r\n") as line:
        for _ in range(20):
            line.sendall(b"a")
            time.sleep(0.05)
        assert b"\r\n20\r\n" in line.recv(65536)


@pytest.mark.parametrize("said", [b"", HEAD + b"Content-Length: 20\r\n\r\n"])
def test_who_asks_is_answered_however_many_lines_ask_nothing(
    port: int, said: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with ExitStack() as flood:
        lines = [flood.enter_context(opened(port, said)) for _ in range(30)]
        assert get(port) == 200
        until(lambda: sum(is_open(line) for line in lines) <= Few.most)
    assert re.findall("5 lines are open", caplog.text) == ["5 lines are open"]


def test_a_request_that_is_worked_on_is_never_dropped(port: int) -> None:
    with ThreadPoolExecutor(1) as asker, ExitStack() as flood:
        asked = asker.submit(get, port, "/slow")
        time.sleep(0.3)
        for _ in range(30):
            flood.enter_context(opened(port))
        assert asked.result() == 200


def test_a_head_without_end_is_refused(port: int) -> None:
    with opened(port, HEAD) as line:
        sent = [takes(line, b"X-A: %s\r\n" % (b"a" * 60_000)) for _ in range(100)]
    assert not all(sent)


def test_the_house_serves_by_these_lines_and_under_the_usual_number_of_files() -> None:
    said = dict(zip(supervisor_plan.LINES[::2], supervisor_plan.LINES[1::2], strict=True))
    config = uvicorn.Config(pages, http=said["--http"])
    config.load()
    assert config.http_protocol_class is Line
    assert Line.most + int(said["--backlog"]) + 100 <= 1024

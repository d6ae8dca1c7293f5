"""How do we serve HTTP/1.1 on loopback so cheaply that we do not measure ourselves?"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast


@dataclass(frozen=True, slots=True)
class Asked:
    """One request. `at` is time.monotonic() when its first bytes were read."""

    method: str
    path: str
    headers: Mapping[str, str]  # lower-case names
    body: bytes
    at: float


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


Handler = Callable[[Asked], Answer]


def read(heard: bytes, at: float) -> tuple[Asked, bytes] | None:
    """The first request of what was heard, and what comes after it; None if it is not whole yet."""
    head, end, rest = heard.partition(b"\r\n\r\n")
    if not end:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    size = int(headers.get("content-length", 0))
    if len(rest) < size:
        return None
    method, path, _ = first.split(" ")
    return Asked(method, path, headers, rest[:size], at), rest[size:]


def written(answer: Answer) -> bytes:
    """As it goes over the wire."""
    headers = [*answer.headers, ("content-length", str(len(answer.body)))]
    told = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return f"HTTP/1.1 {answer.status} -\r\n{told}\r\n".encode() + answer.body


class _Talk(asyncio.Protocol):
    def __init__(self, handler: Handler) -> None:
        self._handler = handler
        self._heard = b""
        self._at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._wire = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        if not self._heard:
            self._at = time.monotonic()
        self._heard += data
        while self._one():
            self._at = time.monotonic()

    def _one(self) -> bool:
        """Answer one request if it is whole."""
        if not (found := read(self._heard, self._at)):
            return False
        asked, self._heard = found
        self._wire.write(written(self._handler(asked)))
        return True


def serve(handler: Handler) -> None:
    """Say the port on standard output, then serve until killed."""
    asyncio.run(_serve(handler))


async def _serve(handler: Handler) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Talk(handler), "127.0.0.1", 0, backlog=1024)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()

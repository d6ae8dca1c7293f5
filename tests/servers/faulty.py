"""A server in front of a real one that passes everything on, and misbehaves exactly as told.

`with faulty(port) as front:` listens on `front.port`. `front.once(fault)` spoils the next write,
`front.once(fault, on="/path")` the next request whose path holds that. What came is in
`front.requests`, so a test can say how often something was really sent.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tests.servers.raw import Seen, Server, reply, serving

WRITES = ("/api/v1/statuses", "/xrpc/com.atproto.repo.putRecord")
_HOPS = {"connection", "keep-alive", "transfer-encoding", "content-length", "expect", "host"}

Forward = Callable[[], bytes]
Fault = Callable[[Seen, Forward], bytes | None]
"""Says what comes back. Calling `forward` lets the request happen."""


def lose_the_answer(seen: Seen, forward: Forward) -> None:
    """It happened, and the connection closes without a word."""
    forward()


def reset_after(seen: Seen, forward: Forward) -> None:
    """It happened, and the connection is reset."""
    forward()
    _reset(seen.socket)


def reset_before(seen: Seen, forward: Forward) -> None:
    """It did not happen, and the connection is reset: from outside the same."""
    _reset(seen.socket)


def fail_after(seen: Seen, forward: Forward) -> bytes:
    """It happened, and the server says 500."""
    forward()
    return _json(b'{"error":"Something went wrong on our end"}', "500 Internal Server Error")


def fail_before(seen: Seen, forward: Forward) -> bytes:
    """It did not happen, and the server says 503."""
    return _json(b'{"error":"Down for maintenance"}', "503 Service Unavailable")


def web_page_after(seen: Seen, forward: Forward) -> bytes:
    """It happened, and something on the way shows a web page with status 200."""
    forward()
    return reply(b"<!doctype html><title>Welcome</title>", content_type="text/html")


def too_many(seen: Seen, forward: Forward) -> bytes:
    """It did not happen: slow down for ninety seconds."""
    body = b'{"error":"Too many requests"}'
    return reply(body, "429 Too Many Requests", content_type="application/json", retry_after="90")


def refuse(seen: Seen, forward: Forward) -> bytes:
    """It did not happen, for a reason with markup in it."""
    body = b'{"error":"InvalidRequest","message":"No <b>shouting</b> here"}'
    if seen.path.startswith("/api/"):
        body = b'{"error":"No <b>shouting</b> here"}'
    return _json(body, "400 Bad Request" if b"message" in body else "422 Unprocessable Content")


def late(seconds: float) -> Fault:
    """It happened, and the answer comes too late."""

    def fault(seen: Seen, forward: Forward) -> bytes:
        answer = forward()
        threading.Event().wait(seconds)
        return answer

    return fault


@dataclass
class Front:
    """Where it listens, what came, and what is to go wrong."""

    server: Server
    behind: int
    deaf_to_keys: bool = False
    planned: list[tuple[str, Fault]] = field(default_factory=list)

    @property
    def port(self) -> int:
        return self.server.port

    @property
    def url(self) -> str:
        return self.server.url("")

    @property
    def requests(self) -> list[Seen]:
        return self.server.requests

    @property
    def writes(self) -> list[Seen]:
        return [seen for seen in self.requests if _writes(seen)]

    def once(self, fault: Fault, on: str = "") -> None:
        self.planned.append((on, fault))

    def twice(self, fault: Fault, on: str) -> None:
        """Reads are asked again by the client when a connection breaks: spoil that too."""
        self.planned += [(on, fault)] * 2

    def answer(self, seen: Seen) -> bytes | None:
        for plan in self.planned:
            if plan[0] in seen.path and (plan[0] or _writes(seen)):
                self.planned.remove(plan)
                return plan[1](seen, lambda: self.forward(seen))
        return self.forward(seen)

    def forward(self, seen: Seen) -> bytes:
        """The real server's answer, as it is."""
        dropped = _HOPS | ({"idempotency-key"} if self.deaf_to_keys else set())
        headers = {name: value for name, value in seen.headers.items() if name not in dropped}
        connection = http.client.HTTPConnection("127.0.0.1", self.behind, timeout=30)
        with contextlib.closing(connection):
            connection.request(seen.method, seen.path, seen.body or None, headers)
            real = connection.getresponse()
            body = real.read()
        kept = {name: value for name, value in real.getheaders() if name.lower() not in _HOPS}
        return reply(body, f"{real.status} {real.reason}", **kept)


@contextlib.contextmanager
def faulty(behind: int) -> Iterator[Front]:
    """A front for the server on port `behind`."""
    fronts: list[Front] = []
    with serving(lambda seen: fronts[0].answer(seen)) as server:
        fronts.append(Front(server, behind))
        yield fronts[0]


def _writes(seen: Seen) -> bool:
    return seen.method == "POST" and seen.path in WRITES


def _json(body: bytes, status: str) -> bytes:
    return reply(body, status, content_type="application/json")


def _reset(talk: socket.socket) -> None:
    """Closing with linger zero sends RST instead of FIN."""
    talk.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

"""Servers of a few lines on loopback that misbehave exactly as told.

`with serving(answer) as server:` calls `answer(seen)` in a thread for each request that arrived
whole, and sends what it returns as it is; None closes the connection without a word. An answer may
also write to `seen.socket` itself. `server.requests` is what was seen, in order.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, cast


@dataclass
class Seen:
    """One request as it arrived. Header names are lower-case, `lines` are the header lines raw."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    lines: list[str]
    connection: int
    socket: socket.socket


Answering = Callable[[Seen], bytes | None]


def reply(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer; `content_type="text/plain"` becomes the header content-type."""
    lines = [f"HTTP/1.1 {status}", f"content-length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


@dataclass
class Server:
    """Where it listens and what it has seen."""

    port: int
    ip: str = "127.0.0.1"
    secure: bool = False
    requests: list[Seen] = field(default_factory=list)
    connections: int = 0

    def url(self, path: str = "/", host: str = "") -> str:
        return f"http{'s' if self.secure else ''}://{host or self.ip}:{self.port}{path}"

    @property
    def address(self) -> str:
        """As it is written in an allow-list."""
        return f"{self.ip}:{self.port}"


@contextlib.contextmanager
def serving(
    answer: Answering, tls: ssl.SSLContext | None = None, ip: str = "127.0.0.1", port: int = 0
) -> Iterator[Server]:
    """A server that keeps connections alive and answers each request with what `answer` returns."""
    listener = socket.create_server((ip, port))
    server = Server(listener.getsockname()[1], ip, secure=tls is not None)
    talks: list[tuple[threading.Thread, socket.socket]] = []

    def accept() -> None:
        while True:
            try:
                talk, _ = listener.accept()
            except OSError:
                return
            server.connections += 1
            if tls is not None:
                talk = tls.wrap_socket(talk, server_side=True, do_handshake_on_connect=False)
            args = (talk, answer, server, server.connections)
            thread = threading.Thread(target=_converse, args=args, daemon=True)
            talks.append((thread, talk))
            thread.start()

    accepting = threading.Thread(target=accept, daemon=True)
    accepting.start()
    try:
        yield server
    finally:
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        accepting.join(5)
        for thread, talk in talks:
            with contextlib.suppress(OSError):
                talk.shutdown(socket.SHUT_RDWR)
            thread.join(5)


def _converse(talk: socket.socket, answer: Answering, server: Server, number: int) -> None:
    with contextlib.suppress(OSError), talk:
        if isinstance(talk, ssl.SSLSocket):
            talk.do_handshake()
        with cast("BinaryIO", talk.makefile("rb")) as reader:
            while (seen := _read(reader, number, talk)) is not None:
                server.requests.append(seen)
                said = answer(seen)
                if said is None:
                    return
                talk.sendall(said)


def _read(reader: BinaryIO, number: int, talk: socket.socket) -> Seen | None:
    lines: list[str] = []
    while (line := reader.readline()) not in (b"", b"\r\n"):
        lines.append(line.decode("latin-1").rstrip("\r\n"))
    if not lines:
        return None
    method, path, _ = lines[0].split(" ", 2)
    pairs = (line.partition(":") for line in lines[1:])
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    body = reader.read(int(headers.get("content-length", 0)))
    return Seen(method, path, headers, body, lines[1:], number, talk)

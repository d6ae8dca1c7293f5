"""Servers of a few lines on loopback that misbehave exactly as told.

`with serving(answer) as server:` runs `answer(talk)` in a thread for each request that arrives whole;
`server.requests` is what it saw. What an answer returns is sent as it is; None closes the connection.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


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
    secure: bool = False
    requests: list[Seen] = field(default_factory=list)
    connections: int = 0

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http{'s' if self.secure else ''}://{host}:{self.port}{path}"

    @property
    def address(self) -> str:
        """As it is written in an allow-list."""
        return f"127.0.0.1:{self.port}"


@contextlib.contextmanager
def serving(answer: Answering, tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server that keeps connections alive and answers each request with what `answer` returns."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(listener.getsockname()[1], secure=tls is not None)
    talks: list[tuple[threading.Thread, socket.socket]] = []

    def accept() -> None:
        while True:
            try:
                talk, _ = listener.accept()
            except OSError:
                return
            server.connections += 1
            args = (talk, answer, server, server.connections, tls)
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


def _converse(
    talk: socket.socket, answer: Answering, server: Server, number: int, tls: ssl.SSLContext | None
) -> None:
    with contextlib.suppress(OSError), talk:
        if tls is not None:
            talk = tls.wrap_socket(talk, server_side=True)
        with talk, talk.makefile("rb") as reader:
            while (seen := _read(reader, number, talk)) is not None:
                server.requests.append(seen)
                said = answer(seen)
                if said is None:
                    return
                talk.sendall(said)


def _read(
    reader: contextlib.AbstractContextManager[object], number: int, talk: socket.socket
) -> Seen | None:
    lines: list[str] = []
    while (line := reader.readline()) not in (b"", b"\r\n"):  # type: ignore[attr-defined]
        lines.append(line.decode("latin-1").rstrip("\r\n"))
    if not lines:
        return None
    method, path, _ = lines[0].split(" ", 2)
    headers = {
        name.lower(): value.strip() for name, _, value in (x.partition(":") for x in lines[1:])
    }
    body = reader.read(int(headers.get("content-length", 0)))  # type: ignore[attr-defined]
    return Seen(method, path, headers, body, lines[1:], number, talk)

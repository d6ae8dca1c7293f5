"""A server of stolen passwords on loopback, which speaks the range protocol with padding."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha1
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Stolen:
    """What thieves have, and what was asked. `says` answers otherwise."""

    passwords: list[str] = field(default_factory=list)
    padding: list[str] = field(default_factory=list)  # passwords among the padding: not stolen
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    says: tuple[int, bytes] | None = None
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def range(self, head: str) -> bytes:
        lines = [(one, 7) for one in self.passwords] + [(one, 0) for one in self.padding]
        known = [(sha1(one.encode()).hexdigest().upper(), count) for one, count in lines]
        found = [f"{digest[5:]}:{count}" for digest, count in known if digest[:5] == head]
        return "\r\n".join([*found, f"{'0' * 35}:0"]).encode()


@contextmanager
def serving(*passwords: str) -> Iterator[Stolen]:
    stolen = Stolen(list(passwords))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            stolen.asked.append((self.path, self.headers["Add-Padding"]))
            status, body = stolen.says or (200, stolen.range(self.path.rpartition("/")[2]))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stolen.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, name="stolen passwords")
    thread.start()
    try:
        yield stolen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

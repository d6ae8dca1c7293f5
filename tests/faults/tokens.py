"""A server whose refresh tokens work once; its own log is the judge of who asked how often."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Issuer:
    """One account. Access tokens live for `lifetime` requests; 0: until expire()."""

    lifetime: int = 0
    grace: bool = False  # the refresh token before the present one still gives the present tokens
    port: int = 0
    generation: int = 1
    good: bool = True  # the present access token
    left: int = 0
    expiries: int = 0
    renewed: list[int] = field(
        default_factory=list
    )  # the generation presented, each time it was good
    refused: list[int] = field(default_factory=list)
    posts: list[tuple[str, str]] = field(default_factory=list)  # (key, text)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def tokens(self) -> dict[str, str]:
        return {"access": f"access-{self.generation}", "refresh": f"refresh-{self.generation}"}

    def expire(self) -> None:
        with self.lock:
            self._expire()

    def _expire(self) -> None:
        self.expiries += self.good
        self.good = False

    def knows(self, bearer: str) -> bool:
        with self.lock:
            if not self.good or bearer != f"Bearer {self.tokens['access']}":
                return False
            self.left -= 1
            if self.lifetime and self.left <= 0:
                self._expire()
            return True

    def renew(self, refresh: str) -> dict[str, str] | None:
        with self.lock:
            presented = int(refresh.rpartition("-")[2])
            late = self.grace and presented == self.generation - 1
            if presented != self.generation and not late:
                self.refused.append(presented)
                return None
            self.renewed.append(presented)
            if not late:
                self.generation += 1
                self.good, self.left = True, self.lifetime
            return self.tokens

    def accept(self, key: str, text: str) -> int:
        with self.lock:
            keys = [known for known, _ in self.posts]
            if key not in keys:
                self.posts.append((key, text))
                return len(self.posts)
            return keys.index(key) + 1


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    issuer: Issuer

    def do_GET(self) -> None:
        known = self.issuer.knows(self.headers["authorization"])
        self._answer(200 if known else 401, {})

    def do_POST(self) -> None:
        said = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if self.path == "/token":
            tokens = self.issuer.renew(said["refresh"])
            return self._answer(200 if tokens else 400, tokens or {"error": "invalid_grant"})
        if not self.issuer.knows(self.headers["authorization"]):
            return self._answer(401, {})
        number = self.issuer.accept(self.headers["idempotency-key"], said["text"])
        return self._answer(200, {"id": str(number)})

    def _answer(self, status: int, said: dict[str, Any]) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the log is the issuer."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that was killed hangs up in the middle; that is what we are here for."""


@contextmanager
def issuing(*, port: int = 0, **how: Any) -> Iterator[Issuer]:
    issuer = Issuer(**how)
    issuer.left = issuer.lifetime
    handler = type("Handler", (_Handler,), {"issuer": issuer})
    with _Server(("127.0.0.1", port), handler) as server:
        issuer.port = server.server_address[1]
        serving = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        serving.start()
        try:
            yield issuer
        finally:
            server.shutdown()
            serving.join(5)

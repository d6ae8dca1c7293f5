"""The fake server whose own append-only log is the judge of every run.

An account that begins with `keyed` shows one post a key; any other shows whatever it is sent.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

LOST = "it happens, but no answer comes: the connection is reset"
LATE = "it happens, and the answer comes after the caller has hung up"
FAULT = "it happens, and the answer is an error of the server's own"
NEVER = "it does not happen, and the connection is reset"


@dataclass(frozen=True)
class Shown:
    """One post that people see."""

    number: int
    account: str
    key: str
    text: str
    at: float  # time.monotonic()


@dataclass
class Judge:
    """What is shown, in order; what was begun; and what is to go wrong."""

    port: int = 0
    shown: list[Shown] = field(default_factory=list)
    begun: list[tuple[str, float]] = field(default_factory=list)
    spoil: dict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    known: set[str] = field(default_factory=set)
    slowness: dict[str, float] = field(default_factory=dict)
    lateness: float = 0.0
    at_first_byte: Callable[[], None] = lambda: None
    at_look: Callable[[], None] = lambda: None
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def texts(self, account: str) -> Counter[str]:
        """How often each text is shown on this account."""
        with self.lock:
            return Counter(post.text for post in self.shown if post.account == account)

    def writes(self) -> list[str]:
        """The account of each write that was begun."""
        return [account for account, _ in self.begun]

    def numbers(self) -> dict[tuple[str, str], str]:
        with self.lock:
            return {(post.account, post.text): str(post.number) for post in self.shown}

    def fault(self, account: str, key: str) -> str:
        """What goes wrong with this write; nothing the second time a key comes."""
        with self.lock:
            new = key not in self.known
            self.known.add(key)
            return self.spoil[account].popleft() if new and self.spoil[account] else ""

    def accept(self, account: str, key: str, text: str) -> Shown:
        with self.lock:
            mine = [post for post in self.shown if post.account == account]
            known = [post for post in mine if post.key == key]
            if known and account.startswith("keyed"):
                return known[0]
            post = Shown(len(self.shown) + 1, account, key, text, time.monotonic())
            self.shown.append(post)
            return post

    def since(self, account: str, number: int) -> list[dict[str, str]]:
        with self.lock:
            return [
                {"id": str(post.number), "text": post.text}
                for post in self.shown
                if post.account == account and post.number > number
            ]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    judge: Judge

    def handle_one_request(self) -> None:
        with suppress(OSError):
            if self.connection.recv(1, socket.MSG_PEEK) == b"P":
                self.judge.at_first_byte()
            super().handle_one_request()
            return
        self.close_connection = True

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        if "look" in query:
            self.judge.at_look()
        self._answer({"posts": self.judge.since(self._account, int(query["since"][0]))})

    def do_POST(self) -> None:
        judge, account = self.judge, self._account
        judge.begun.append((account, time.monotonic()))
        body = self.rfile.read(int(self.headers["content-length"]))
        key = self.headers["idempotency-key"]
        fault = judge.fault(account, key)
        if fault == NEVER:
            return self._reset()
        time.sleep(judge.slowness.get(account, 0))
        post = judge.accept(account, key, json.loads(body)["text"])
        if fault == LOST:
            return self._reset()
        if fault == LATE:
            time.sleep(judge.lateness)
        return self._answer({"id": str(post.number)}, 500 if fault == FAULT else 200)

    @property
    def _account(self) -> str:
        return urlsplit(self.path).path.split("/")[1]

    def _answer(self, said: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the log is `shown`."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that was killed hangs up in the middle; that is what we are here for."""


@contextmanager
def judging() -> Iterator[Judge]:
    """A judge that listens."""
    judge = Judge()
    handler = type("Handler", (_Handler,), {"judge": judge})
    with _Server(("127.0.0.1", 0), handler) as server:
        judge.port = server.server_address[1]
        serving = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        serving.start()
        try:
            yield judge
        finally:
            server.shutdown()
            serving.join(5)

"""The fake server whose own append-only log is the judge of every run."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

from bench.http import Answer, Asked
from tests.faults.shelves import Containers, Duplicate, Shelf, Shown, shelf_for
from tests.faults.wire import listening

LOST = "it happens, but no answer comes: the connection is reset"
LATE = "it happens, and the answer comes after the caller has hung up"
AFTER = "it happens only after the caller has hung up"
FAULT = "it happens, and the answer is an error of the server's own"
NEVER = "it does not happen, and the connection is reset"
HAPPENS = (LOST, LATE, AFTER, FAULT)  # accepted, and not answered


@dataclass
class Judge:
    """What is shown, in order; what was asked; and what is to go wrong."""

    port: int = 0
    shown: list[Shown] = field(default_factory=list)
    begun: list[tuple[str, float]] = field(default_factory=list)  # each write: account, moment
    asked: Counter[str] = field(default_factory=Counter)  # requests of each account
    spoilt: Counter[str] = field(default_factory=Counter)  # how often each fault was done
    spoil: dict[str, deque[str]] = field(default_factory=lambda: defaultdict(deque))
    weather: Callable[[str], str] = lambda account: ""  # a fault for any write of this account
    refuses: Callable[[str], Answer | None] = lambda account: None  # any request, before all else
    slowness: dict[str, float] = field(default_factory=dict)
    lateness: float = 0.0
    container_life: float = 86_400.0
    at_first_byte: Callable[[int], None] = lambda pid: None  # of the worker that writes
    at_look: Callable[[], None] = lambda: None
    lock: threading.Lock = field(default_factory=threading.Lock)
    _known: set[tuple[str, str]] = field(default_factory=set)
    _shelves: dict[str, Shelf] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.address}"

    def shelf(self, account: str) -> Shelf:
        if account not in self._shelves:
            self._shelves[account] = shelf_for(account, self.shown)
        return self._shelves[account]

    def texts(self, account: str) -> Counter[str]:
        """How often each text is shown on this account."""
        with self.lock:
            return Counter(self.shelf(account).texts)

    def writes(self) -> list[str]:
        """The account of each write that was begun."""
        return [account for account, _ in self.begun]

    def posts(self) -> dict[str, Shown]:
        """Every post by the id that it was given."""
        with self.lock:
            return {str(post.number): post for post in self.shown}

    async def answer(self, asked: Asked) -> Answer | None:
        """What is said to a request; None resets the connection."""
        parts = urlsplit(asked.path)
        account, *path = parts.path.strip("/").split("/")
        self.asked[account] += 1
        if refusal := self.refuses(account):
            return refusal
        if asked.method == "GET":
            return await self._read(account, path, parse_qs(parts.query))
        return await self._write(account, path, asked)

    async def _read(self, account: str, path: list[str], query: dict[str, list[str]]) -> Answer:
        if "look" in query:
            await asyncio.to_thread(self.at_look)
        with self.lock:
            shelf = self.shelf(account)
            if path[0] == "containers":
                container = cast(Containers, shelf).containers[int(path[1])]
                return _json({"status": container.status(time.monotonic())})
            if "slug" in query:
                found = shelf.first_of.get(query["slug"][0])
                return _posts([found] if found else [])
            if "newest" in query:
                return _posts(shelf.shown[-1:])
            return _posts(shelf.since(int(query["since"][0])))

    async def _write(self, account: str, path: list[str], asked: Asked) -> Answer | None:
        await asyncio.to_thread(self.at_first_byte, int(asked.headers["x-worker"]))
        self.begun.append((account, asked.at))
        key = asked.headers.get("idempotency-key", "")
        fault = self._fault(account, key)
        if fault == NEVER:
            return None
        await asyncio.sleep(self.slowness.get(account, 0) + self.lateness * (fault == AFTER))
        with self.lock:
            answer = self._accept(account, path, key, asked)
        await asyncio.sleep(self.lateness * (fault == LATE))
        if fault == LOST:
            return None
        return _json({"error": "broken"}, 500) if fault == FAULT else answer

    def _fault(self, account: str, key: str) -> str:
        """What goes wrong with this write: of the list, the first time that its key comes (where
        it shows something and so has one); else by the weather.
        """
        new = bool(key) and (account, key) not in self._known
        self._known.add((account, key))
        listed = self.spoil[account].popleft() if new and self.spoil[account] else ""
        fault = listed or self.weather(account)
        self.spoilt[fault] += 1
        return fault

    def _accept(self, account: str, path: list[str], key: str, asked: Asked) -> Answer:
        shelf, now = self.shelf(account), time.monotonic()
        try:
            if path == ["containers"]:
                text = json.loads(asked.body)["text"]
                number = cast(Containers, shelf).bring(text, now + self.container_life)
                return _json({"id": number})
            if path[0] == "containers":
                return _post(cast(Containers, shelf).publish(int(path[1]), now))
            return _post(shelf.accept(key, json.loads(asked.body)["text"], now))
        except Duplicate:
            return _json({"error": "duplicate"}, 403)


def _json(said: dict[str, Any], status: int = 200) -> Answer:
    return Answer(status, json.dumps(said).encode())


def _post(post: Shown) -> Answer:
    return _json({"id": str(post.number), "text": post.text, "slug": post.key})


def _posts(found: list[Shown]) -> Answer:
    return _json({"posts": [{"id": str(post.number), "text": post.text} for post in found]})


@contextmanager
def judging() -> Iterator[Judge]:
    """A judge that listens."""
    judge = Judge()
    with listening(judge.answer) as judge.port:
        yield judge

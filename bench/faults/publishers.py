"""Publishers who do to their feeds what publishers do, on a server of their own."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from random import Random
from typing import ClassVar

OLD = 5  # stories in a feed before anybody follows it


@dataclass
class Story:
    """`redated`: what befalls its date and what befalls its name do not befall one story together:
    nothing would tell it from news.
    """

    name: str
    link: str
    at: datetime
    redated: bool
    guid: str = ""
    edited: str = ""

    def __str__(self) -> str:
        parts = {"title": f"Story {self.name}{self.edited}", "link": self.link}
        parts |= {"guid": self.guid or self.name, "pubDate": format_datetime(self.at)}
        return "<item>" + "".join(f"<{k}>{v}</{k}>" for k, v in parts.items()) + "</item>"


@dataclass
class Publisher:
    """One feed. What it lists is what it published, but for what is put away."""

    number: int
    chance: Random
    stories: list[Story] = field(default_factory=list)
    away: list[Story] = field(default_factory=list)
    stumbles: str = ""
    gone: bool = False
    moved: bool = False  # for good: whoever comes to the old address is sent to the new one
    answered: list[datetime] = field(default_factory=list)  # when those came who were told all
    published: Iterator[int] = field(default_factory=count)

    def publishes(self, many: int = 1) -> list[Story]:
        """New stories, each its own minute."""
        new = [self._story() for _ in range(many)]
        self.stories = [*reversed(new), *self.stories]
        return new

    def _story(self) -> Story:
        name = f"{self.number}-{next(self.published)}"
        at = datetime.now(UTC).replace(microsecond=0)
        link = f"https://council.example/{name}"
        return Story(name, link, at, redated=self.chance.random() < 0.3)

    def shares(self, news: Sequence[Story]) -> None:
        """Another publisher's stories under names of its own: each is still one story."""
        named = [replace(story, guid=f"{self.number}:{story.name}") for story in news]
        self.stories = [*named, *self.stories]

    def fiddles(self) -> None:
        """One thing that is no news."""
        ways = [self._shuffles, self._names_anew, self._moves, self._redates, self._edits]
        more = [self._puts_away, self._brings_back, self._tracks, self._stumbles, self._goes_away]
        self.chance.choice([*ways, *more])()

    def was_read(self, since: datetime, kept: datetime | None) -> bool:
        """Did somebody who came since then, and was told all, keep it?"""
        return kept is not None and any(since < came < kept for came in self.answered)

    def _shuffles(self) -> None:
        self.chance.shuffle(self.stories)

    def _names_anew(self) -> None:
        for story in self._of(redated=False):
            story.guid = f"{story.guid or story.name}-anew"

    def _moves(self) -> None:
        self._names_anew()
        for story in self._of(redated=False):
            story.link = story.link.replace("council.example", "new.council.example")

    def _redates(self) -> None:
        for story in self._of(redated=True):
            story.at += timedelta(hours=self.chance.choice([-30, 1]))

    def _edits(self) -> None:
        for story in self._of(redated=True)[:2]:
            story.edited += " (mended)"

    def _puts_away(self) -> None:
        if self.stories:
            self.away.append(self.stories.pop(self.chance.randrange(len(self.stories))))

    def _brings_back(self) -> None:
        self.stories += self.away
        self.away = []

    def _tracks(self) -> None:
        for story in self._of(redated=True):
            story.link = story.link.split("?")[0] + f"?utm_source={self.chance.randrange(99)}"

    def _stumbles(self) -> None:
        self.stumbles = self.chance.choice(["500", "cut off", "nothing"])

    def _goes_away(self) -> None:
        self.moved = True

    def _of(self, *, redated: bool) -> list[Story]:
        return [story for story in self.stories if story.redated == redated]

    def body(self) -> bytes:
        items = "".join(map(str, self.stories))
        title = f"<title>Feed {self.number}</title>"
        return f'<rss version="2.0"><channel>{title}{items}</channel></rss>'.encode()


class _Handler(BaseHTTPRequestHandler):
    publishers: ClassVar[Sequence[Publisher]] = ()

    def log_message(self, *args: object) -> None:
        return

    def do_GET(self) -> None:
        came = datetime.now(UTC)
        *new, number = self.path.strip("/").split("/")
        publisher = self.publishers[int(number)]
        if publisher.moved and not new:
            self._says(301, b"", ("Location", f"/new/{number}"))
            return
        stumble, publisher.stumbles = publisher.stumbles, ""
        self._answers(publisher.gone, stumble, publisher.body())
        if not stumble:
            publisher.answered.append(came)

    def _answers(self, gone: bool, stumble: str, body: bytes) -> None:
        mark = f'"{hashlib.sha256(body).hexdigest()}"'
        if gone or stumble == "500":
            self._says(410 if gone else 500, b"")
        elif stumble == "cut off":
            self._says(200, body[: len(body) // 2])
        elif self.headers.get("If-None-Match") == mark:
            self._says(304, b"")
        elif not stumble:
            self._says(200, body, ("ETag", mark))

    def _says(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in (*headers, ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def publishing(publishers: Sequence[Publisher]) -> Iterator[str]:
    """Serve their feeds at /0, /1 …, those that moved at /new/0 …; the address of the server."""
    handler = type("Handler", (_Handler,), {"publishers": publishers})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()

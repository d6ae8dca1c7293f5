"""A feed on loopback that a test can edit; with ETag and 304, as real servers do."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.sax.saxutils import escape

FIRST = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


@dataclass
class Source:
    """What the feed says now. `answers` overrides the next answers: (status, headers, body)."""

    items: dict[str, str] = field(default_factory=dict)  # guid -> title
    dates: dict[str, datetime] = field(default_factory=dict)  # guid -> when it says it was written
    answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    seen: list[int] = field(default_factory=list)  # the status of every answer given
    port: int = 0
    published: int = 0  # a guid is never given twice
    link: str = "https://council.example/news/{}"
    guid: str = "{}"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/feed.xml"

    def publish(self, *titles: str, at: datetime | None = None) -> None:
        for title in titles:
            self.published += 1
            guid = f"guid-{self.published}"
            self.items[guid] = title
            self.dates[guid] = at or FIRST + timedelta(hours=self.published)

    def body(self) -> bytes:
        items = [self._item(*pair) for pair in self.items.items()]
        channel = f"<title>Council news</title>{''.join(reversed(items))}"
        return f'<rss version="2.0"><channel>{channel}</channel></rss>'.encode()

    def _item(self, guid: str, title: str) -> str:
        link = self.link.format(guid)
        parts = {
            "guid": self.guid.format(guid),
            "title": title,
            "link": link,
            "pubDate": format_datetime(self.dates[guid]),
            "description": f"About {title}.",
        }
        return "<item>" + "".join(f"<{k}>{escape(v)}</{k}>" for k, v in parts.items()) + "</item>"


@contextmanager
def serving(*titles: str) -> Iterator[Source]:
    """A running feed with these items."""
    source = Source()
    source.publish(*titles)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            return

        def do_GET(self) -> None:
            status, headers, body = source.answers.pop(0) if source.answers else self._fresh()
            source.seen.append(status)
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def _fresh(self) -> tuple[int, dict[str, str], bytes]:
            body = source.body()
            headers = {
                "ETag": f'"{sha256(body).hexdigest()[:16]}"',
                "Content-Type": "application/rss+xml",
            }
            unchanged = self.headers.get("If-None-Match") == headers["ETag"]
            return (304, headers, b"") if unchanged else (200, headers, body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    source.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield source
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
